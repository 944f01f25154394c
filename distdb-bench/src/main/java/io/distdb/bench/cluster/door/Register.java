// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster.door;

/**
 * One node of a replicated map. Its methods are called by one thread, and should not wait, but when
 * they are told that nobody else does: then the thread has nothing else to do.
 */
public interface Register {
  /**
   * Answers when the value is durable on a quorum and applied here.
   *
   * @param alone no other request is under way
   */
  void put(Table.Put put, boolean alone, Answer answer);

  /** Answers with a value that is not stale. */
  void get(long key, boolean alone, Answer answer);

  /** The name of the node that leads, as far as is known here; empty: none. */
  String leader();

  /** One of these is called once, by any thread. */
  interface Answer {
    /**
     * @param value may be null
     */
    void done(byte[] value);

    /** This node does not lead, or something went wrong; nothing is known of the request. */
    void failed(String why);
  }
}
