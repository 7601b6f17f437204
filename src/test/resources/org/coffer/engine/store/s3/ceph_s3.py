"""Ceph's S3 server with the smallest cluster that it can live on: one monitor, and one store of objects that keeps them in memory.

Usage: ceph_s3.py FOLDER KEY SECRET. Prints the port of the S3 server when it answers, and ends with all of it when its input ends.
Nothing but the loopback address is listened on. What the programs say is in FOLDER.
"""
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid

folder, key, secret = sys.argv[1:]
PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None)


def free_port():
    with socket.socket() as one:
        one.bind(('127.0.0.1', 0))
        return one.getsockname()[1]


def path(name):
    return os.path.join(folder, name)


cluster = str(uuid.uuid4())
store = str(uuid.uuid4())
monitor = 'v2:127.0.0.1:%d' % free_port()
port = free_port()
CONF = path('ceph.conf')
for name in ('mon', 'osd', 'rgw'):
    os.makedirs(path(name))
with open(CONF, 'w') as out:
    out.write('''[global]
fsid = %(cluster)s
mon host = %(monitor)s
mon initial members = a
auth cluster required = none
auth service required = none
auth client required = none
run dir = %(folder)s
admin socket =
log file =
log to stderr = true
err to stderr = true
mon cluster log file =
mon cluster log to file = false
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv6 = false
mon data avail crit = 1
mon data avail warn = 1
mon max pg per osd = 1000
mon allow pool size one = true
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
osd objectstore = memstore
memstore device bytes = 4294967296
[mon.a]
mon data = %(folder)s/mon
[osd.0]
osd data = %(folder)s/osd
[client.rgw]
rgw data = %(folder)s/rgw
# Without keys between its parts there is no encryption between them, which it would insist on.
ms mon client mode = crc
ms client mode = crc
rgw frontends = beast endpoint=127.0.0.1:%(port)d
''' % dict(cluster=cluster, monitor=monitor, folder=folder, port=port))


def dies_with_parent():
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def run(*command):
    with open(path('errors-' + command[0]), 'ab') as errors:
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=errors, stderr=errors, timeout=120, check=True)


def start(*command):
    with open(path('errors-' + command[0]), 'ab') as errors:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=errors, stderr=errors, preexec_fn=dies_with_parent)


def answers():
    try:
        with urllib.request.urlopen('http://127.0.0.1:%d/' % port, timeout=5):
            return True
    except OSError:
        return False


parts = []
try:
    run('monmaptool', '--create', '--addv', 'a', '[' + monitor + ']', '--fsid', cluster, path('monmap'))
    run('ceph-mon', '--mkfs', '-i', 'a', '-c', CONF, '--monmap', path('monmap'))
    parts.append(start('ceph-mon', '-f', '-i', 'a', '-c', CONF, '--public-addrv', '[' + monitor + ']'))
    run('ceph', '-c', CONF, '--connect-timeout', '60', 'osd', 'new', store)
    run('ceph-osd', '--mkfs', '-i', '0', '-c', CONF, '--osd-uuid', store)
    parts.append(start('ceph-osd', '-f', '-i', '0', '-c', CONF))
    run('radosgw-admin', '-c', CONF, '--name', 'client.rgw', 'user', 'create', '--uid=tester', '--display-name=tester',
        '--access-key=' + key, '--secret-key=' + secret)
    parts.append(start('radosgw', '-f', '-c', CONF, '--name', 'client.rgw'))
    until = time.monotonic() + 120
    while not answers():
        if parts[-1].poll() is not None or time.monotonic() > until:
            sys.exit('radosgw does not answer')
        time.sleep(0.1)
    print(port, flush=True)
    sys.stdin.read()
finally:
    for part in reversed(parts):
        part.kill()
        part.wait()
