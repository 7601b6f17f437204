package org.coffer.engine.vault;

import javax.crypto.spec.SecretKeySpec;

/**
 * What opens the parts of one physical object.
 *
 * @param name its full name
 * @param type what it is
 * @param version the version it is written in
 * @param features its feature bits
 * @param key its AES key
 */
record ObjectKey(String name, ObjectType type, int version, long features, SecretKeySpec key) {}
