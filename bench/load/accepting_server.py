"""`kaiwa serve` on SQLite with its workers off, to see what accepting alone costs.

python -m bench.load.accepting_server DATA PORT
"""

import sys

import uvloop

from kaiwa.app import serve
from kaiwa.commands.options import quiet_logs
from kaiwa.house import build
from kaiwa.settings import read_settings

if __name__ == "__main__":
    quiet_logs()
    house = build(read_settings(sys.argv[1], port=int(sys.argv[2])))
    uvloop.run(serve(house, work=False))
    house.db.close()
