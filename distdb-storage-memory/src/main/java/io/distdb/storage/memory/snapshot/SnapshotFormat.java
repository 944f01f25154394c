// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

/**
 * Sizes and codes of snapshot formats 1 and 2. All integers are big-endian.
 * docs/formats/snapshot.md has the whole layout.
 *
 * <table>
 * <caption>File header</caption>
 * <tr><th>offset</th><th>size</th><th>meaning</th></tr>
 * <tr><td>0</td><td>8</td><td>magic</td></tr>
 * <tr><td>8</td><td>4</td><td>format version</td></tr>
 * <tr><td>12</td><td>4</td><td>CRC32C of bytes 0 to 12: the same in every format version</td></tr>
 * <tr><td>16</td><td>4</td><td>shard</td></tr>
 * <tr><td>20</td><td>8</td><td>term of the log position</td></tr>
 * <tr><td>28</td><td>8</td><td>index of the log position</td></tr>
 * <tr><td>36</td><td>4</td><td>CRC32C of bytes 0 to 36</td></tr>
 * </table>
 *
 * <table>
 * <caption>Block</caption>
 * <tr><th>offset</th><th>size</th><th>meaning</th></tr>
 * <tr><td>0</td><td>4</td><td>block number, from 0</td></tr>
 * <tr><td>4</td><td>1</td><td>type</td></tr>
 * <tr><td>5</td><td>1</td><td>compression</td></tr>
 * <tr><td>6</td><td>2</td><td>zero</td></tr>
 * <tr><td>8</td><td>4</td><td>content length</td></tr>
 * <tr><td>12</td><td>4</td><td>stored length s</td></tr>
 * <tr><td>16</td><td>4</td><td>CRC32C of bytes 0 to 16 and 20 to 20 + s</td></tr>
 * <tr><td>20</td><td>s</td><td>content, compressed as said</td></tr>
 * </table>
 */
final class SnapshotFormat {
  /** "DISTSNAP". */
  static final long MAGIC = 0x4449_5354_534e_4150L;

  /** Blocks are stored or compressed by LZ4. What is written unless zstd is asked for. */
  static final int VERSION = 1;

  /** Blocks may be compressed by zstd too; else as version 1. The newest that is read. */
  static final int VERSION_ZSTD = 2;

  static final int HEADER_BYTES = 40;
  static final int VERSION_CHECK_AT = 12;
  static final int HEADER_CHECK_AT = 36;

  static final int BLOCK_HEADER_BYTES = 20;
  static final int BLOCK_CHECK_AT = 16;

  /** A block is closed when its content reaches this size; one large value may exceed it. */
  static final int BLOCK_CONTENT_BYTES = 64 << 10;

  static final byte SIDES = 1;
  static final byte INDEX = 2;
  static final byte VERSIONS = 3;
  static final byte FOOTER = 4;

  /** A version belongs to the key of the version before it. */
  static final int SAME_KEY = 1;

  /** A version is a deletion and has no value. */
  static final int DELETION = 2;

  static final int FOOTER_BYTES = 36;

  private SnapshotFormat() {}
}
