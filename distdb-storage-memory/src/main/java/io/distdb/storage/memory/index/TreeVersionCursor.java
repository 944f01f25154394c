// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import io.distdb.api.index.Direction;

/** Every version of every key of a tree, in key order. */
final class TreeVersionCursor implements VersionedIndex.VersionCursor {
  private static final byte[] LEAST_KEY = new byte[0];

  private final LeafWalk walk;
  private final ChainWalk chain = new ChainWalk();
  private Leaf leaf;
  private int at = -1;
  private byte[] key;

  TreeVersionCursor(Tree tree) {
    walk = new LeafWalk(tree, Direction.FORWARD);
    leaf = walk.start(LEAST_KEY);
  }

  @Override
  public boolean next() {
    if (chain.next()) {
      return true;
    }
    while (leaf != null) {
      if (++at < leaf.count()) {
        key = leaf.key(at);
        chain.start(leaf.slot(at), leaf.baseTimestamp(at));
        return chain.next();
      }
      leaf = walk.advance();
      at = -1;
    }
    return false;
  }

  @Override
  public byte[] key() {
    return key;
  }

  @Override
  public byte[] value() {
    return chain.value();
  }

  @Override
  public long timestamp() {
    return chain.timestamp();
  }
}
