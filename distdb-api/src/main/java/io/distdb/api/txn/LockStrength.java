// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

/** How much a lock shuts out. */
public enum LockStrength {
  SHARED,
  EXCLUSIVE
}
