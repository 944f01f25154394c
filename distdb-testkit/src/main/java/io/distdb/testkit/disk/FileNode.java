// SPDX-License-Identifier: MIT
package io.distdb.testkit.disk;

import io.distdb.testkit.SeededRandom;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A file, whatever its name: what the process reads, what the device holds, what lies between. */
final class FileNode implements Node {
  private final Pages cached;
  private Pages durable;
  private final List<FileChange> pending;

  FileNode() {
    this(new Pages(), new Pages(), List.of());
  }

  private FileNode(Pages cached, Pages durable, List<FileChange> pending) {
    this.cached = cached;
    this.durable = durable;
    this.pending = new ArrayList<>(pending);
  }

  /** A file whose content is on the device. */
  static FileNode durable(Pages content) {
    return new FileNode(content, content.copy(), List.of());
  }

  /** The same file, still with what is not forced. */
  FileNode copy() {
    return new FileNode(cached.copy(), durable.copy(), pending);
  }

  Pages cached() {
    return cached;
  }

  Pages durableContent() {
    return durable;
  }

  List<FileChange> pending() {
    return pending;
  }

  void write(long sequence, long position, ByteBuffer source, int length, WriteFault fault) {
    if (length == 0) {
      return;
    }
    long end = position + length;
    cached.write(position, source, length);
    int first = Math.toIntExact(position / Pages.PAGE_BYTES);
    int last = Math.toIntExact((end - 1) / Pages.PAGE_BYTES);
    byte[][] pages = new byte[last - first + 1][];
    for (int i = 0; i < pages.length; i++) {
      pages[i] = cached.page(first + i);
    }
    if (fault.flippedBit() >= 0) {
      long byteOffset = position % Pages.PAGE_BYTES + fault.flippedBit() / 8;
      int index = (int) (byteOffset / Pages.PAGE_BYTES);
      pages[index] = pages[index].clone();
      pages[index][(int) (byteOffset % Pages.PAGE_BYTES)] ^= (byte) (1 << (fault.flippedBit() % 8));
    }
    int shift = first + fault.pageShift() < 0 ? -fault.pageShift() : fault.pageShift();
    pending.add(new FileChange(sequence, position, end, false, cached.size(), first, pages, shift));
  }

  void truncate(long sequence, long size) {
    long before = cached.size();
    cached.resize(size);
    int first = Math.toIntExact(size / Pages.PAGE_BYTES);
    boolean shrinks = size < before;
    byte[][] pages =
        shrinks && size % Pages.PAGE_BYTES != 0 ? new byte[][] {cached.page(first)} : new byte[0][];
    pending.add(
        new FileChange(sequence, size, shrinks ? before : size, shrinks, size, first, pages, 0));
  }

  void force() {
    for (FileChange change : pending) {
      change.applyTo(durable);
    }
    pending.clear();
  }

  /**
   * The device refused some of it: what is pending may or may not be there, and counts as clean, so
   * no later force includes it (as Linux marks pages after a failed fsync).
   */
  void failForce(SeededRandom random) {
    durable = PowerLoss.reordered(this, random);
    pending.clear();
  }

  /** Flips it in every version there is, so that no crash undoes it. */
  void flipBit(long bit) {
    cached.flipBit(bit);
    durable.flipBit(bit);
    pending.replaceAll(change -> change.withFlippedBit(bit));
  }

  /**
   * What the device does to a write without telling.
   *
   * @param flippedBit which bit of what is written, or -1
   * @param pageShift pages by which it misses its place
   */
  record WriteFault(int flippedBit, int pageShift) {
    static final WriteFault NONE = new WriteFault(-1, 0);
  }
}
