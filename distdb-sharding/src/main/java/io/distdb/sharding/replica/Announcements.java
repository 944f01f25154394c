// SPDX-License-Identifier: MIT
package io.distdb.sharding.replica;

import io.distdb.api.Bytes;
import io.distdb.api.storage.WriteBatch;
import io.distdb.api.storage.WriteBatch.DeleteSide;
import io.distdb.api.storage.WriteBatch.PutSide;
import java.util.List;
import java.util.function.Consumer;

/**
 * What commits have to tell every node. In a batch it is a side record behind the entries that is
 * put and at once deleted: in the log for all, and in no store.
 */
public final class Announcements {
  private static final Bytes KEY = Bytes.of('N');

  private Announcements() {}

  /** Adds {@code message} to a batch, behind the entries. */
  public static void add(WriteBatch batch, Bytes message) {
    batch.putSide(KEY, message).deleteSide(KEY);
  }

  /** Hands out the messages of a batch in order. Looks at no entry. */
  public static void tell(WriteBatch batch, Consumer<Bytes> listener) {
    List<WriteBatch.Operation> operations = batch.operations();
    int from = operations.size();
    while (from > 0 && isOfSide(operations.get(from - 1))) {
      from--;
    }
    for (; from < operations.size(); from++) {
      if (operations.get(from) instanceof PutSide(Bytes key, Bytes message) && isKey(key)) {
        listener.accept(message);
      }
    }
  }

  private static boolean isOfSide(WriteBatch.Operation operation) {
    return operation instanceof PutSide || operation instanceof DeleteSide;
  }

  /** Whether a side record is one of these. */
  public static boolean isKey(Bytes sideKey) {
    return sideKey.equals(KEY);
  }
}
