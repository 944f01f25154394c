// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexId;
import io.distdb.api.storage.WriteBatch;
import io.distdb.api.storage.WriteBatch.Operation;
import java.util.Arrays;
import java.util.List;

/**
 * Finds out whether a batch writes a key of an index more than once. A hash table of operation
 * numbers that is kept from batch to batch, at most half full.
 */
final class RepeatedKeys {
  private static final int KEPT_PLACES_MAX = 1 << 17;
  private static final int FREE = 0;

  /** So few operations are compared one with another. */
  private static final int COMPARED_MAX = 4;

  /** Operation numbers from 1. */
  private int[] places = new int[64];

  boolean anyIn(List<Operation> operations, int versions) {
    return operations.size() <= COMPARED_MAX
        ? anyAmongFew(operations)
        : anyAmongMany(operations, versions);
  }

  private static boolean anyAmongFew(List<Operation> operations) {
    for (int i = 1; i < operations.size(); i++) {
      Bytes key = keyOf(operations.get(i));
      for (int j = 0; j < i && key != null; j++) {
        if (key.equals(keyOf(operations.get(j)))
            && indexOf(operations.get(i)).equals(indexOf(operations.get(j)))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean anyAmongMany(List<Operation> operations, int versions) {
    int size = Integer.highestOneBit(Math.max(16, versions)) * 4;
    if (places.length < size) {
      places = new int[size];
    } else {
      Arrays.fill(places, 0, size, FREE);
    }
    for (int i = 0; i < operations.size(); i++) {
      Bytes key = keyOf(operations.get(i));
      if (key != null && !add(operations, i, key, size - 1)) {
        return true;
      }
    }
    return false;
  }

  private boolean add(List<Operation> operations, int number, Bytes key, int mask) {
    IndexId index = indexOf(operations.get(number));
    int hash = (key.hashCode() * 31 + index.hashCode()) * 0x9e3779b9;
    int place = (hash ^ hash >>> 15) & mask;
    while (places[place] != FREE) {
      Operation other = operations.get(places[place] - 1);
      if (key.equals(keyOf(other)) && index.equals(indexOf(other))) {
        return false;
      }
      place = place + 1 & mask;
    }
    places[place] = number + 1;
    return true;
  }

  private static Bytes keyOf(Operation operation) {
    if (operation instanceof WriteBatch.Put put) {
      return put.key();
    }
    return operation instanceof WriteBatch.Delete delete ? delete.key() : null;
  }

  private static IndexId indexOf(Operation operation) {
    return operation instanceof WriteBatch.Put put
        ? put.index()
        : ((WriteBatch.Delete) operation).index();
  }

  void release() {
    if (places.length > KEPT_PLACES_MAX) {
      places = new int[64];
    }
  }
}
