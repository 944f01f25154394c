// SPDX-License-Identifier: MIT
package io.distdb.testkit.disk;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A file's bytes as a table of pages. A page array is never written once it is in a table, so
 * tables and pending changes share them and a copy costs the table alone; {@code null} is a page of
 * zeros that takes no room. Bytes behind {@link #size} are zeros.
 */
final class Pages {
  static final int PAGE_BYTES = 4096;
  static final int SECTOR_BYTES = 512;

  private byte[][] table;
  private long size;

  Pages() {
    this(new byte[0][], 0);
  }

  private Pages(byte[][] table, long size) {
    this.table = table;
    this.size = size;
  }

  Pages copy() {
    return new Pages(table.clone(), size);
  }

  long size() {
    return size;
  }

  /** The page, or null for zeros. For reading only. */
  byte[] page(int index) {
    return index < table.length ? table[index] : null;
  }

  void put(int index, byte[] page) {
    if (index >= table.length) {
      if (page == null) {
        return;
      }
      table = Arrays.copyOf(table, Math.max(index + 1, table.length + (table.length >> 1)));
    }
    table[index] = page;
  }

  /** Sets the size; what is cut off reads as zeros when the file grows again. */
  void resize(long newSize) {
    if (newSize < size) {
      int keptPages = Math.toIntExact((newSize + PAGE_BYTES - 1) / PAGE_BYTES);
      if (keptPages < table.length) {
        table = Arrays.copyOf(table, keptPages);
      }
      int tail = (int) (newSize % PAGE_BYTES);
      if (tail != 0 && page(keptPages - 1) != null) {
        table[keptPages - 1] = Arrays.copyOf(Arrays.copyOf(page(keptPages - 1), tail), PAGE_BYTES);
      }
    }
    size = newSize;
  }

  /** Writes {@code length} bytes of the source, growing the file. */
  void write(long position, ByteBuffer source, int length) {
    long at = position;
    long end = position + length;
    while (at < end) {
      int index = Math.toIntExact(at / PAGE_BYTES);
      int offset = (int) (at % PAGE_BYTES);
      int count = (int) Math.min(PAGE_BYTES - offset, end - at);
      byte[] old = page(index);
      byte[] page = old == null ? new byte[PAGE_BYTES] : old.clone();
      source.get(page, offset, count);
      put(index, page);
      at += count;
    }
    size = Math.max(size, end);
  }

  int read(long position, ByteBuffer target) {
    int length = (int) Math.max(0, Math.min(target.remaining(), size - position));
    long at = position;
    long end = position + length;
    while (at < end) {
      int index = Math.toIntExact(at / PAGE_BYTES);
      int offset = (int) (at % PAGE_BYTES);
      int count = (int) Math.min(PAGE_BYTES - offset, end - at);
      byte[] page = page(index);
      if (page == null) {
        target.put(new byte[count]);
      } else {
        target.put(page, offset, count);
      }
      at += count;
    }
    return length;
  }

  /** Replaces one sector by the same sector of {@code source}; null is zeros. */
  void copySector(long sector, byte[] source, int pageShift) {
    long position = sector * SECTOR_BYTES;
    int index = Math.toIntExact(position / PAGE_BYTES) + pageShift;
    int offset = (int) (position % PAGE_BYTES);
    byte[] old = page(index);
    byte[] page = old == null ? new byte[PAGE_BYTES] : old.clone();
    if (source == null) {
      Arrays.fill(page, offset, offset + SECTOR_BYTES, (byte) 0);
    } else {
      System.arraycopy(source, offset, page, offset, SECTOR_BYTES);
    }
    put(index, page);
  }

  void flipBit(long bit) {
    int index = Math.toIntExact(bit / 8 / PAGE_BYTES);
    byte[] old = page(index);
    byte[] page = old == null ? new byte[PAGE_BYTES] : old.clone();
    page[(int) (bit / 8 % PAGE_BYTES)] ^= (byte) (1 << (bit % 8));
    put(index, page);
  }

  /** Pages that hold no room yet among those that [position, position + length) touches. */
  int missingPages(long position, int length) {
    if (length == 0) {
      return 0;
    }
    int missing = 0;
    int last = Math.toIntExact((position + length - 1) / PAGE_BYTES);
    for (int index = Math.toIntExact(position / PAGE_BYTES); index <= last; index++) {
      if (page(index) == null) {
        missing++;
      }
    }
    return missing;
  }

  long allocatedBytes() {
    long count = 0;
    for (byte[] page : table) {
      if (page != null) {
        count++;
      }
    }
    return count * PAGE_BYTES;
  }
}
