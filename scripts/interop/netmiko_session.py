"""netmiko (mikrotik_routeros): connect, send_command('/export'), send_config_set."""

import os
import re
import sys

import netmiko

print("netmiko", netmiko.__version__)
router = netmiko.ConnectHandler(
    device_type="mikrotik_routeros",
    host=os.environ["SIM_HOST"],
    port=int(os.environ["SIM_PORT"]),
    username=os.environ["SIM_USER"],
    password=os.environ["SIM_PASSWORD"],
)
print("prompt:", router.find_prompt())

# A line is shown again behind the prompt once it is entered, and netmiko 2.4 takes that for the end when the answer is so
# quick that its first look finds a part of it. So it is told that the end is a prompt with nothing behind it.
export = router.send_command("/export", expect_string=re.escape(router.base_prompt) + r"[^>]*> $")
print("-- send_command('/export')")
print(export)

config = router.send_config_set(
    [
        "/ip firewall address-list",
        "add address=198.51.100.9 list=netmiko",
        "/",
    ]
)
print("-- send_config_set")
print(config)

after = router.send_command("/ip firewall address-list print where list=netmiko")
print("-- afterwards")
print(after)
router.disconnect()

problems = []
if not export.lstrip().startswith("# "):
    problems.append("the export does not start with its header")
if "set name=office-1" not in export:
    problems.append("the export is not whole")
if "[" in export.splitlines()[-1]:
    problems.append("the prompt was left in the output")
if "198.51.100.9" not in after:
    problems.append("the configuration was not applied")
for problem in problems:
    print("FAILED:", problem)
sys.exit(1 if problems else 0)
