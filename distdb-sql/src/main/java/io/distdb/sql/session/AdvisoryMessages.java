// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.Bytes;
import io.distdb.api.txn.LockStrength;
import io.distdb.sql.function.AdvisoryKey;

/** What nodes say to the one that keeps the advisory locks. */
final class AdvisoryMessages {
  static final String HELLO = "sql.advisory.hello";
  static final String LOCK = "sql.advisory.lock";
  static final String RELEASE = "sql.advisory.release";
  static final String PING = "sql.advisory.ping";
  static final String FORGET = "sql.advisory.forget";

  private AdvisoryMessages() {}

  /** A message of one number. */
  static long number(Bytes message) {
    return MessageFields.read("a number", message, MessageFields.Reader::number);
  }

  /**
   * A request for a lock.
   *
   * @param life of the node that asks
   * @param number of the lock, of its choosing
   * @param database its number
   */
  record Wanted(
      long life,
      long term,
      long number,
      long database,
      int processId,
      AdvisoryKey key,
      LockStrength strength,
      boolean waits) {
    Bytes toBytes() {
      return new MessageFields()
          .number(life)
          .number(term)
          .number(number)
          .number(database)
          .number(processId)
          .number(key.number())
          .number(key.pair() ? 1 : 0)
          .number(strength == LockStrength.EXCLUSIVE ? 1 : 0)
          .number(waits ? 1 : 0)
          .toBytes();
    }

    static Wanted of(Bytes message) {
      return MessageFields.read(
          "a request for an advisory lock",
          message,
          fields ->
              new Wanted(
                  fields.number(),
                  fields.number(),
                  fields.number(),
                  fields.number(),
                  fields.small(),
                  new AdvisoryKey(fields.number(), fields.number() != 0),
                  fields.number() != 0 ? LockStrength.EXCLUSIVE : LockStrength.SHARED,
                  fields.number() != 0));
    }
  }

  /** A lock that is given back, or not wanted any more. */
  record Returned(long life, long number) {
    Bytes toBytes() {
      return new MessageFields().number(life).number(number).toBytes();
    }

    static Returned of(Bytes message) {
      return MessageFields.read(
          "an advisory lock that is given back",
          message,
          fields -> new Returned(fields.number(), fields.number()));
    }
  }
}
