// SPDX-License-Identifier: MIT
package io.distdb.node.archive;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Sizes and codes of log files, format 1, big-endian. docs/formats/log-file.md has the whole
 * layout.
 *
 * <table>
 * <caption>File header</caption>
 * <tr><th>offset</th><th>size</th><th>meaning</th></tr>
 * <tr><td>0</td><td>8</td><td>magic</td></tr>
 * <tr><td>8</td><td>4</td><td>format version</td></tr>
 * <tr><td>12</td><td>4</td><td>CRC32C of bytes 0 to 12: the same in every format version</td></tr>
 * <tr><td>16</td><td>4</td><td>shard</td></tr>
 * <tr><td>20</td><td>8</td><td>first index</td></tr>
 * <tr><td>28</td><td>4</td><td>length n of the database's name, 1 to 255</td></tr>
 * <tr><td>32</td><td>n</td><td>the database's name, UTF-8</td></tr>
 * <tr><td>32 + n</td><td>4</td><td>CRC32C of bytes 0 to 32 + n</td></tr>
 * </table>
 *
 * <table>
 * <caption>Block</caption>
 * <tr><th>offset</th><th>size</th><th>meaning</th></tr>
 * <tr><td>0</td><td>4</td><td>block number, from 0</td></tr>
 * <tr><td>4</td><td>1</td><td>type: 1 entries, 2 end</td></tr>
 * <tr><td>5</td><td>1</td><td>compression: 0 none, 1 LZ4, 2 zstd</td></tr>
 * <tr><td>6</td><td>2</td><td>zero</td></tr>
 * <tr><td>8</td><td>4</td><td>content length</td></tr>
 * <tr><td>12</td><td>4</td><td>stored length s</td></tr>
 * <tr><td>16</td><td>4</td><td>CRC32C of bytes 0 to 16 and 20 to 20 + s</td></tr>
 * <tr><td>20</td><td>s</td><td>content, compressed as said</td></tr>
 * </table>
 *
 * <p>An entry: term, index and length of the payload as varints, the payload. The end: last term
 * (8), last index (8), number of entries (8), settled timestamp (8).
 */
final class LogFileFormat {
  /** "DISTDBLG". */
  static final long MAGIC = 0x4449_5354_4442_4c47L;

  static final int VERSION = 1;

  static final int VERSION_CHECK_AT = 12;
  static final int FIXED_HEADER_BYTES = 32;
  static final int NAME_BYTES_MAX = 255;

  static final int BLOCK_HEADER_BYTES = 20;
  static final int BLOCK_CHECK_AT = 16;

  /** A block is closed when its content reaches this size; one large entry may exceed it. */
  static final int BLOCK_CONTENT_BYTES = 128 << 10;

  static final byte ENTRIES = 1;
  static final byte END = 2;
  static final int END_BYTES = 32;

  private LogFileFormat() {}

  /** The last line of a small text file: the CRC32C of all before it. */
  static String checksumLine(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format("crc32c %08x", crc.getValue());
  }

  static DistDbException damaged(String where, long offset, String what) {
    return new DistDbException(
            ErrorCode.DATA_CORRUPTED,
            "the log file " + where + " is damaged at byte " + offset + ": " + what)
        .withHint(
            "Bring a good copy of the file back; without it the log ends before it, and what"
                + " was committed from there on can be had from a later backup only.");
  }
}
