// SPDX-License-Identifier: MIT
package io.distdb.testkit.disk;

/**
 * One call of a disk.
 *
 * @param name the file or directory, from the root of the disk
 * @param target the new name for a rename, else empty
 * @param position bytes from the start, or the new size of a truncate, or 0
 * @param length bytes written or read, or 0
 * @param crc CRC32C of the bytes written or, after the call, read; 0 when there are none
 */
public record DiskCall(
    DiskOperation operation, String name, String target, long position, int length, int crc) {
  static DiskCall of(DiskOperation operation, String name) {
    return new DiskCall(operation, name, "", 0, 0, 0);
  }
}
