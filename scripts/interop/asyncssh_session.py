"""asyncssh: several execs on one connection at once, SFTP, and a shell session."""

import asyncio
import os
import sys

import asyncssh


async def main() -> int:
    print("asyncssh", asyncssh.__version__)
    problems = []
    async with asyncssh.connect(
        os.environ["SIM_HOST"],
        port=int(os.environ["SIM_PORT"]),
        username=os.environ["SIM_USER"],
        password=os.environ["SIM_PASSWORD"],
        known_hosts=None,
    ) as router:
        answers = await asyncio.gather(
            router.run(":put [/system identity get name]"),
            router.run("/export"),
            router.run(":put [:len [/interface find]]"),
        )
        for answer in answers:
            print(f"-- status {answer.exit_status}")
            print(answer.stdout)
        if answers[0].stdout.strip() != "office-1":
            problems.append("identity")
        if any(answer.exit_status != 0 for answer in answers):
            problems.append("exit status")

        async with router.start_sftp_client() as sftp:
            async with sftp.open("asyncssh.rsc", "w") as file:
                await file.write("/ip firewall address-list\nadd address=198.51.100.11 list=asyncssh\n")
            print("-- files:", sorted(str(name) for name in await sftp.listdir("/")))
            async with sftp.open("asyncssh.rsc") as file:
                if "198.51.100.11" not in await file.read():
                    problems.append("SFTP round trip")
        imported = await router.run("/import file-name=asyncssh.rsc")
        print(imported.stdout)
        if imported.stdout.strip() != "Script file loaded and executed successfully":
            problems.append("import")

    async with asyncssh.connect(
        os.environ["SIM_HOST"],
        port=int(os.environ["SIM_PORT"]),
        username=os.environ["SIM_USER"] + "+cte100w",
        password=os.environ["SIM_PASSWORD"],
        known_hosts=None,
    ) as router:
        shell = await router.create_process(term_type="vt100")
        shell.stdin.write("/ip address print\r")
        shell.stdin.write("/quit\r")
        screen = await shell.stdout.read()
        print("-- shell")
        print(screen.replace("\r", ""))
        if "192.0.2.1/24" not in screen:
            problems.append("shell")

    for problem in problems:
        print("FAILED:", problem)
    return 1 if problems else 0


sys.exit(asyncio.run(main()))
