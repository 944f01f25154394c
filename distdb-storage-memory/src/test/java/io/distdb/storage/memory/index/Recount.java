// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

/** Counts an index's bytes anew, node by node, as {@link IndexCounters} should have counted. */
final class Recount {
  private Recount() {}

  static long bytes(Tree tree) {
    return bytes(tree.root());
  }

  private static long bytes(PackedKeys node) {
    if (node instanceof Inner inner) {
      long bytes = inner.heapBytes();
      for (int i = 0; i <= inner.count(); i++) {
        bytes += bytes(inner.child(i));
      }
      return bytes;
    }
    Leaf leaf = (Leaf) node;
    long bytes = leaf.heapBytes();
    for (int i = 0; i < leaf.count(); i++) {
      bytes += chainBytes(leaf.slot(i));
    }
    return bytes;
  }

  static long bytes(HashDirectory directory) {
    long bytes = 0;
    long hash = 0;
    int depth = 0;
    do {
      HashSegment segment = directory.segment(hash);
      bytes += segment.heapBytes();
      depth = Math.max(depth, segment.depth);
      for (int at = 0; at < segment.capacity(); at++) {
        bytes += slotBytes(segment.slot(at));
      }
      hash = HashDirectory.hashAfter(hash, segment);
    } while (hash != 0);
    return bytes + HeapLayout.references(1 << depth);
  }

  private static long slotBytes(Object slot) {
    return switch (slot) {
      case HashEntry entry -> entry.heapBytes() + chainBytes(entry.head());
      case HashGroup.Few few -> {
        long bytes = few.heapBytes();
        for (HashEntry entry : few.entries()) {
          bytes += slotBytes(entry);
        }
        yield bytes;
      }
      case HashGroup.Many many -> many.heapBytes() + bytes(many.tree());
      case null, default -> 0;
    };
  }

  private static long chainBytes(Object head) {
    long bytes = 0;
    Object link = head;
    while (link instanceof Version version) {
      bytes += Version.HEAP_BYTES + IndexCounters.valueBytes(version.value);
      link = version.older();
    }
    return bytes + IndexCounters.valueBytes((byte[]) link);
  }
}
