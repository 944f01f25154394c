// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.api.disk.Disk;

/** A bug planted beneath the shipped code: the disk as the code would use it if it had the bug. */
@FunctionalInterface
interface Bug {
  Bug NONE = (real, life) -> real;

  /**
   * @param life which process of the machine will use it, from 1
   */
  Disk plant(Disk real, int life);
}
