// SPDX-License-Identifier: MIT
package io.distdb.testkit.disk;

/**
 * A change of a file that was not forced.
 *
 * @param sequence its place among all changes of the disk
 * @param from first byte it touched: written, or cut off
 * @param to end of what it touched; equal to {@code from} when it only grew the file
 * @param shrinks whether it cut the file
 * @param sizeAfter the file's size with it
 * @param firstPage index of {@code pages[0]}
 * @param pages the touched pages as they were after it; those behind are zeros
 * @param pageShift pages by which the device misses the right place; 0 but for a planned fault
 */
record FileChange(
    long sequence,
    long from,
    long to,
    boolean shrinks,
    long sizeAfter,
    int firstPage,
    byte[][] pages,
    int pageShift) {

  byte[] page(int index) {
    int at = index - firstPage;
    return at < pages.length ? pages[at] : null;
  }

  long firstSector() {
    return from / Pages.SECTOR_BYTES;
  }

  /** End of the touched sectors, exclusive. */
  long endSector() {
    return from == to ? firstSector() : (to + Pages.SECTOR_BYTES - 1) / Pages.SECTOR_BYTES;
  }

  boolean touches(long sector) {
    return sector >= firstSector() && sector < endSector();
  }

  byte[] pageOfSector(long sector) {
    return page(Math.toIntExact(sector * Pages.SECTOR_BYTES / Pages.PAGE_BYTES));
  }

  /** The same with one bit of the file flipped, where it has it. */
  FileChange withFlippedBit(long bit) {
    int at = Math.toIntExact(bit / 8 / Pages.PAGE_BYTES) - firstPage;
    if (at < 0 || at >= pages.length || pages[at] == null) {
      return this;
    }
    byte[][] flipped = pages.clone();
    flipped[at] = pages[at].clone();
    flipped[at][(int) (bit / 8 % Pages.PAGE_BYTES)] ^= (byte) (1 << (bit % 8));
    return new FileChange(sequence, from, to, shrinks, sizeAfter, firstPage, flipped, pageShift);
  }

  void applyTo(Pages target) {
    if (!shrinks) {
      for (int i = 0; i < pages.length; i++) {
        target.put(firstPage + i + pageShift, pages[i]);
      }
    }
    target.resize(sizeAfter);
  }

  /** Applies the first {@code sectors} of a write. */
  void applyTornTo(Pages target, long sectors) {
    long end = Math.min(endSector(), firstSector() + sectors);
    for (long sector = firstSector(); sector < end; sector++) {
      target.copySector(sector, pageOfSector(sector), pageShift);
    }
    long reached = Math.min(sizeAfter, end * Pages.SECTOR_BYTES);
    target.resize(Math.max(target.size(), reached));
  }
}
