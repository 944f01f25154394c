// SPDX-License-Identifier: MIT
/**
 * The simulated disk, which loses, tears and refuses what a real one may, and the contract test of
 * the {@link io.distdb.api.disk.Disk} port. Nothing here knows what the files mean; time and
 * threads come in only through {@link io.distdb.testkit.disk.DiskListener}.
 */
package io.distdb.testkit.disk;
