"""Servers of PostgreSQL on this machine: their own data in a folder of their own, on loopback, as a user who is not
root, stopped by the id of their process.

Server: one of them. Cluster: a coordinator and nodes that hold its rows (postgres_fdw, hash partitions)."""
import atexit
import datetime
import glob
import os
import pwd
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

BIN = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1] if glob.glob("/usr/lib/postgresql/*/bin") else None
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
shared_buffers = 32MB
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
jit = off
max_connections = 40
enable_partitionwise_aggregate = on
enable_partitionwise_join = on
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def ordinary_user():
    """Who runs the servers: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            pass
    raise RuntimeError("no ordinary user to run PostgreSQL as")


class Server:
    def __init__(self, folder, name):
        self.folder = os.path.join(folder, name)
        self.port = free_port()
        os.mkdir(self.folder)
        self.user = ordinary_user()
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        subprocess.run([BIN + "/initdb", "-D", self.folder, "-U", "vigie", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
                        "--no-sync"], check=True, stdout=subprocess.DEVNULL, **self.as_user())
        with open(os.path.join(self.folder, "postgresql.conf"), "a") as f:
            f.write(SETTINGS + f"port = {self.port}\n")
        self.log = open(os.path.join(folder, name + ".log"), "wb")
        self.process = None
        self.start()

    def as_user(self):
        """How a process of PostgreSQL is started."""
        who = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}
        return {"cwd": "/", "env": {"PATH": BIN + ":/usr/bin:/bin", "LANG": "C.UTF-8"}, **who}

    def start(self):
        self.process = subprocess.Popen([BIN + "/postgres", "-D", self.folder], stdout=self.log, stderr=self.log, **self.as_user())
        for _ in range(300):
            if subprocess.run([BIN + "/pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]).returncode == 0:
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError(f"PostgreSQL does not start: {self.log.name}")

    def stop(self):
        """At once, and all that it has started."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(20)
        self.process = None

    def close(self):
        self.stop()
        self.log.close()

    def sql(self, text, database="postgres"):
        """Runs statements; what is printed comes back."""
        args = [BIN + "/psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "vigie", "-d", database, "-XqAt", "-v", "ON_ERROR_STOP=1"]
        done = subprocess.run(args, input=text, text=True, capture_output=True)
        if done.returncode:
            raise RuntimeError(done.stderr + text[:2000])
        return done.stdout

    def address(self, schema):
        return f"postgresql://vigie@127.0.0.1:{self.port}/data?options=-csearch_path%3D{schema}"


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def literal(text):
    return "'" + text.replace("'", "''") + "'"


# ---- from SQLite to PostgreSQL -----------------------------------------------------------------------------------

DAY = re.compile(r"\d\d\d\d-\d\d-\d\d$")
MOMENT = re.compile(r"20\d\d-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z?)$")


def is_day(text):
    try:
        return bool(DAY.match(text) and datetime.date.fromisoformat(text))
    except ValueError:
        return False


def type_of(values, turn):
    """A type that holds these values as they are; turn chooses where several do."""
    kinds = {type(v) for v in values if v is not None}
    texts = [v for v in values if isinstance(v, str)]
    if kinds == {int} and all(abs(v) < 2**31 for v in values if v is not None):
        return ("integer", "bigint", "numeric")[turn % 3]
    if kinds == {int}:
        return "bigint"
    if kinds and kinds <= {int, float}:
        return ("numeric", "double precision")[turn % 2]
    if kinds == {str} and all(is_day(v) for v in texts):
        return ("date", "date", "text")[turn % 3]
    moments = [MOMENT.match(v) for v in texts]
    if kinds == {str} and all(moments) and len({m.group(4) for m in moments}) == 1:
        return "timestamptz" if moments[0].group(4) else "timestamp"
    return "text"


def cell(v):
    if v is None:
        return "\\N"
    if isinstance(v, float):
        return repr(v)
    return str(v).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def plain(v):
    return None if isinstance(v, bytes) else v.replace("\0", "") if isinstance(v, str) else v


class Table:
    """A table of an SQLite file, as PostgreSQL holds it."""

    def __init__(self, db, name):
        self.name = name
        cursor = db.execute(f"SELECT * FROM {quoted(name)} NOT INDEXED")
        self.columns = [c[0] for c in cursor.description]
        self.rows = cursor.fetchall()
        self.choose_types()
        info = db.execute(f"SELECT name FROM pragma_table_info({quoted(name)}) WHERE pk AND lower(type) = 'integer'").fetchall()
        self.whole_key = info[0][0] if len(info) == 1 else None

    def declared(self):
        return ", ".join(f"{quoted(c)} {t}" for c, t in zip(self.columns, self.types))

    def primary(self):
        return f", PRIMARY KEY ({quoted(self.whole_key)})" if self.whole_key else ""

    def tidy(self):
        """Makes it what PostgreSQL can hold: one type a column, no NUL, no bytes that are no text."""
        for i in range(len(self.columns)):
            values = [plain(r[i]) for r in self.rows]
            if {str} < {type(v) for v in values if v is not None}:
                values = [v if v is None else str(v) for v in values]
            self.rows = [r[:i] + (v,) + r[i + 1:] for r, v in zip(self.rows, values)]
        self.choose_types()

    def choose_types(self):
        self.types = [type_of([r[i] for r in self.rows], i + len(self.name)) for i in range(len(self.columns))]

    def lines(self):
        return "".join("\t".join(cell(v) for v in r) + "\n" for r in self.rows) + "\\.\n"


def tables_of(path):
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    db.text_factory = lambda b: b.decode(errors="replace")
    names = [r[0] for r in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")]
    tables = [Table(db, n) for n in names]
    db.close()
    return tables


def load_one(server, schema, tables):
    """All tables into a schema of one server; its address."""
    server.sql(f"CREATE SCHEMA {schema}; SET search_path = {schema};\n" + "".join(
        f"CREATE TABLE {quoted(t.name)} ({t.declared()}{t.primary()});\nCOPY {quoted(t.name)} FROM STDIN;\n{t.lines()}"
        for t in tables), "data")
    return server.address(schema)


class Cluster:
    def __init__(self, folder, n_nodes=2):
        self.coordinator = Server(folder, "coordinator")
        self.nodes = [Server(folder, f"node{k + 1}") for k in range(n_nodes)]
        for s in [self.coordinator] + self.nodes:
            s.sql("CREATE DATABASE data")
        self.coordinator.sql("CREATE EXTENSION postgres_fdw;" + "".join(
            f"CREATE SERVER node{k} FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '{node.port}', "
            "dbname 'data', async_capable 'true', fetch_size '5000', batch_size '1000', fdw_tuple_cost '0.2');"
            f"CREATE USER MAPPING FOR vigie SERVER node{k} OPTIONS (user 'vigie');" for k, node in enumerate(self.nodes)), "data")

    def close(self):
        for s in [self.coordinator] + self.nodes:
            s.close()

    def load(self, schema, tables, key_of):
        """Each table in parts on the nodes, by the column that key_of gives; its address."""
        for node in self.nodes:
            node.sql(f"CREATE SCHEMA {schema}; SET search_path = {schema};" +
                     "".join(f"CREATE TABLE {quoted(t.name)} ({t.declared()});" for t in tables), "data")
        self.coordinator.sql(f"CREATE SCHEMA {schema}; SET search_path = {schema};\n" +
                             "".join(self.spread(schema, t, key_of(t)) for t in tables), "data")
        return self.coordinator.address(schema)

    def spread(self, schema, t, key):
        n, name = len(self.nodes), quoted(t.name)
        return f"CREATE TABLE {name} ({t.declared()}) PARTITION BY HASH ({quoted(key)});\n" + "".join(
            f"CREATE FOREIGN TABLE {quoted(f'{t.name} part {k}')} PARTITION OF {name} FOR VALUES WITH (MODULUS {n}, REMAINDER {k}) "
            f"SERVER node{k} OPTIONS (schema_name '{schema}', table_name {literal(t.name)});\n" for k in range(n)
        ) + f"COPY {name} FROM STDIN;\n{t.lines()}"


_shared = []


def cluster():
    """The one of all tests; its coordinator is the one server too."""
    if not _shared:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # who is told to stop stops the servers
        path = folder()
        _shared.append(Cluster(path))
        atexit.register(remove, path)
        atexit.register(_shared[0].close)
    return _shared[0]


def folder():
    """A folder that the servers' user may enter."""
    path = tempfile.mkdtemp(prefix="vigie-cluster-", dir="/tmp")
    os.chmod(path, 0o755)
    return path


def remove(path):
    shutil.rmtree(path, ignore_errors=True)
