// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A B+tree of version chains, for one writer and any number of wait-free readers.
 *
 * <p>The idea: readers hold no lock and announce nothing; the garbage collector of the JVM keeps
 * what they may still look at. The writer never changes what a reader relies on. It builds a new
 * leaf (or, for a split, new inner nodes up to one with room) aside and publishes it with one
 * release store into its parent's child slot, or into {@code root}. Two kinds of change happen in
 * place because they are one store each: a new version of an existing key (the slot's head), and a
 * key appended to a leaf with room (its count).
 *
 * <p>Why it is safe: a reader loads root, child slots, counts and version slots with acquire, so
 * that whatever it reaches it sees completely built. A node's range of keys never changes, and a
 * child slot is replaced only by nodes for the same range; so a reader that is on a node which has
 * since been replaced finds there all that was there when it arrived, which is no earlier than when
 * its read began. What came later it may see or miss; its timestamp hides that from it either way.
 * No reader ever retries: a get costs one descent, whatever the writer does.
 *
 * <p>What it costs: an insert copies a leaf, about 2 KB at most for short keys. Ascending inserts,
 * the usual case, append in place and leave full leaves behind; those above all keys find the last
 * leaf without a descent, as PostgreSQL's do (nbtree/README, "fastpath").
 *
 * <p>Garbage: each node knows in which pass of the collector something below may be found, so a
 * pass walks over what was written since the last, not over the whole tree. A pass may stop after
 * any leaf; nodes still due are the list of what is left.
 *
 * <p>Sources: Graefe, "Modern B-Tree Techniques" (2011); copying instead of latching as in Rodeh,
 * "B-trees, Shadowing, and Clones" (2008), shortened to one level; docs/adr/0006.
 */
final class Tree {
  private static final VarHandle ROOT;

  static {
    try {
      ROOT = MethodHandles.lookup().findVarHandle(Tree.class, "root", PackedKeys.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final IndexCounters counters;
  private PackedKeys root;

  /** The leaf of the greatest keys. Writer only. */
  private Leaf last;

  /** The collector's pass that runs, or runs next. Writer only. */
  private int pass = 1;

  Tree(IndexCounters counters) {
    this.counters = counters;
    Leaf empty = Leaf.empty();
    counters.addBytes(empty.heapBytes());
    last = empty;
    publish(empty);
  }

  /** A tree whose nodes are counted already. */
  Tree(IndexCounters counters, PackedKeys root) {
    this.counters = counters;
    last = lastLeaf(root);
    publish(root);
  }

  PackedKeys root() {
    return (PackedKeys) ROOT.getAcquire(this);
  }

  private void publish(PackedKeys node) {
    ROOT.setRelease(this, node);
  }

  byte[] get(byte[] key, long asOf) {
    Leaf leaf = leafFor(key);
    int at = leaf.find(key);
    return at < 0 ? null : leaf.visible(at, asOf);
  }

  /** Of the newest version, a deletion included; 0 when there is none. */
  long newestTimestamp(byte[] key) {
    Leaf leaf = leafFor(key);
    int at = leaf.find(key);
    return at < 0 ? 0 : Version.newestTimestamp(leaf.slot(at), leaf.baseTimestamp(at));
  }

  private Leaf leafFor(byte[] key) {
    PackedKeys node = root();
    while (node instanceof Inner inner) {
      node = inner.child(inner.childFor(key));
    }
    return (Leaf) node;
  }

  private static Leaf lastLeaf(PackedKeys root) {
    PackedKeys node = root;
    while (node instanceof Inner inner) {
      node = inner.child(inner.count());
    }
    return (Leaf) node;
  }

  /** Adds a version; {@code path} is scratch space. Writer only. */
  void put(TreePath path, byte[] key, byte[] value, long timestamp) {
    if (value != null && last.appendAbove(key, value, timestamp)) {
      counters.keyAdded(value);
    } else {
      putByPath(path, key, value, timestamp);
    }
  }

  private void putByPath(TreePath path, byte[] key, byte[] value, long timestamp) {
    Leaf leaf = path.descend(root, key);
    int at = leaf.find(key);
    if (at >= 0) {
      leaf.addVersion(at, value, timestamp, counters);
      markDue(path, leaf);
      return;
    }
    counters.keyAdded(value);
    Object slot = Version.first(value, timestamp);
    if (~at != leaf.count() || !leaf.append(key, slot, timestamp)) {
      insert(path, leaf, ~at, key, slot, timestamp);
    }
    if (value == null) {
      markDue(path, path.descend(root, key));
    }
  }

  /** Takes an entry over, its chain as it is; the key is not here yet. Writer only. */
  void adopt(TreePath path, HashEntry entry) {
    Leaf leaf = path.descend(root, entry.key);
    Object head = entry.head();
    insert(path, leaf, ~leaf.find(entry.key), entry.key, head, entry.baseTimestamp());
    if (head instanceof Version) {
      markDue(path, path.descend(root, entry.key));
    }
  }

  boolean mayHoldGarbage() {
    return duePass(root) != 0;
  }

  void markDue(TreePath path, Leaf leaf) {
    if (leaf.duePass == 0) {
      leaf.duePass = pass;
      path.markDue(pass);
    }
  }

  private void insert(TreePath path, Leaf leaf, int at, byte[] key, Object slot, long timestamp) {
    boolean atEnd = at == leaf.count();
    if (leaf.isFull() && atEnd && leaf.growsAtEnd()) {
      Leaf right = Leaf.afterFull(key, slot, timestamp);
      counters.addBytes(right.heapBytes());
      replaceLast(leaf, right);
      split(path, path.height(), leaf, PackedKeys.separator(leaf.key(at - 1), key), right);
      return;
    }
    Leaf grown = leaf.insert(at, key, slot, timestamp);
    if (!leaf.isFull()) {
      counters.addBytes(grown.heapBytes() - leaf.heapBytes());
      replaceLast(leaf, grown);
      replace(path, path.height(), grown);
      return;
    }
    int size = grown.count();
    int middle = size / 2;
    Leaf left = grown.sliceEntries(0, middle);
    Leaf right = grown.sliceEntries(middle, size);
    counters.addBytes(left.heapBytes() + right.heapBytes() - leaf.heapBytes());
    byte[] separator = PackedKeys.separator(grown.key(middle - 1), grown.key(middle));
    replaceLast(leaf, right);
    split(path, path.height(), left, separator, right);
  }

  /** To be called for each leaf that gives way, with the one of its greatest keys. */
  void replaceLast(Leaf before, Leaf after) {
    if (before == last) {
      last = after;
    }
  }

  /** Publishes {@code node} in place of what the path has at {@code level}. */
  void replace(TreePath path, int level, PackedKeys node) {
    if (level == 0) {
      publish(node);
    } else {
      path.node(level - 1).replaceChild(path.position(level - 1), node);
    }
  }

  /** Publishes two nodes in place of what the path has at {@code level}. */
  void split(TreePath path, int level, PackedKeys left, byte[] separator, PackedKeys right) {
    if (level == 0) {
      int due = CollectionRun.earlier(duePass(left), duePass(right));
      Inner top = Inner.of(left, separator, right, due);
      counters.addBytes(top.heapBytes());
      publish(top);
      return;
    }
    Inner parent = path.node(level - 1);
    int at = path.position(level - 1);
    Inner grown = parent.split(at, left, separator, right);
    int size = grown.count();
    if (size <= Inner.COUNT_MAX) {
      counters.addBytes(grown.heapBytes() - parent.heapBytes());
      replace(path, level - 1, grown);
      return;
    }
    int middle = at == size - 1 ? size - 2 : size / 2;
    Inner lower = grown.slice(0, middle, grown.duePass);
    Inner upper = grown.slice(middle + 1, size, grown.duePass);
    counters.addBytes(lower.heapBytes() + upper.heapBytes() - parent.heapBytes());
    split(path, level - 1, lower, grown.key(middle), upper);
  }

  static int duePass(PackedKeys node) {
    return node instanceof Inner inner ? inner.duePass : ((Leaf) node).duePass;
  }

  /** Heap of this object, without counters and nodes. */
  static long heapBytes() {
    return HeapLayout.object(3, 4);
  }

  boolean isEmpty() {
    return root instanceof Leaf leaf && leaf.count() == 0;
  }

  /** What an empty tree's one node takes. */
  long emptyBytes() {
    return ((Leaf) root).heapBytes();
  }

  /**
   * Removes what no read at or above the safe point sees; looks at about {@code versionsMax}
   * versions. Writer only.
   *
   * @return whether a pass over the whole tree is done
   */
  boolean collect(long safePoint, int versionsMax) {
    return collect(new CollectionRun(safePoint, versionsMax));
  }

  /** As {@link #collect(long, int)}, as part of a run over more than this tree. */
  boolean collect(CollectionRun run) {
    run.startPass(pass);
    PackedKeys before = root;
    PackedKeys after = new TreeCollector(run, counters).collect(before);
    if (after == null) {
      after = Leaf.empty();
      counters.addBytes(((Leaf) after).heapBytes());
    }
    while (after instanceof Inner inner && inner.count() == 0) {
      counters.addBytes(-inner.heapBytes());
      after = inner.child(0);
    }
    if (after != before) {
      publish(after);
    }
    last = lastLeaf(after);
    int due = duePass(after);
    boolean done = due == 0 || due > pass;
    pass += done ? 1 : 0;
    return done;
  }
}
