"""OpenStack Swift with its S3 layer in one process: account, container, object and proxy server, one copy of everything.

Usage: swift_s3.py FOLDER. Prints the port of the S3 layer when it listens, and ends when its input ends.
"""
import eventlet

eventlet.monkey_patch()

import os
import sys
import tempfile

from eventlet import wsgi

import swift.common.utils as utils
from swift.common.ring import RingBuilder
from swift.common.wsgi import loadapp

utils.HASH_PATH_PREFIX = b'coffer'
utils.HASH_PATH_SUFFIX = b'test'
folder = sys.argv[1]
devices = os.path.join(folder, 'devices')
os.makedirs(os.path.join(devices, 'd1', 'tmp'))


def conf(name, text):
    path = os.path.join(folder, name + '.conf')
    with open(path, 'w') as out:
        out.write(text)
    return path


class Quiet(object):
    def write(self, text):
        pass

    def flush(self):
        pass


class Memory(object):
    """What Swift asks of a memcached, in a dictionary; nothing here lives long enough to expire."""

    def __init__(self):
        self.known = {}

    def get(self, key, **rest):
        return self.known.get(key)

    def set(self, key, value, **rest):
        self.known[key] = value

    def delete(self, key, **rest):
        self.known.pop(key, None)

    def incr(self, key, delta=1, **rest):
        self.known[key] = int(self.known.get(key, 0)) + delta
        return self.known[key]


memory = Memory()


def remembering(app):
    def call(env, start):
        env['swift.cache'] = memory
        return app(env, start)
    return call


def serve(socket, app):
    eventlet.spawn(wsgi.server, socket, app, Quiet(), max_size=200, log_output=False, debug=False)


DEFAULT = '[DEFAULT]\nswift_dir = %s\ndevices = %s\nmount_check = false\nlog_level = ERROR\n' % (folder, devices)
sockets = {}
for kind in ('account', 'container', 'object'):
    sockets[kind] = eventlet.listen(('127.0.0.1', 0), backlog=200)
    port = sockets[kind].getsockname()[1]
    ring = RingBuilder(1, 1, 0)
    ring.add_dev({'id': 0, 'region': 1, 'zone': 1, 'weight': 1, 'ip': '127.0.0.1', 'port': port, 'device': 'd1'})
    ring.rebalance()
    ring.get_ring().save(os.path.join(folder, kind + '.ring.gz'))
for kind in ('account', 'container', 'object'):
    text = DEFAULT + '[app:main]\nuse = egg:swift#%s\n' % kind
    if kind == 'object':
        text += 'allowed_headers = Content-Disposition, Content-Encoding, X-Delete-At, X-Object-Manifest, ' \
                'X-Static-Large-Object, Cache-Control, Content-Language, Expires, X-Robots-Tag\n'
    serve(sockets[kind], loadapp(conf(kind, text)))
proxy = conf('proxy', DEFAULT + '''[pipeline:main]
pipeline = catch_errors gatekeeper listing_formats bulk s3api tempauth copy slo dlo symlink proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
allow_account_management = true
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
[filter:symlink]
use = egg:swift#symlink
''')
front = eventlet.listen(('127.0.0.1', 0), backlog=200)
serve(front, remembering(loadapp(proxy)))
print(front.getsockname()[1], flush=True)
eventlet.tpool.execute(sys.stdin.read)
