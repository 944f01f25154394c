// SPDX-License-Identifier: MIT
package io.distdb.api.transport;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;

/**
 * Requests between nodes, each run once at most: what a {@link Transport} loses is sent again, what
 * comes twice is done once. Requests and answers may be longer than a message. Thread-safe.
 */
public interface Calls extends AutoCloseable {
  /**
   * Answers requests for {@code service} from now on, of other nodes and of this one.
   *
   * @param service at most 64 characters of ASCII
   * @throws IllegalStateException somebody serves it already
   */
  void serve(String service, Handler handler);

  /**
   * Asks {@code to}, and waits for its answer. A call to this node itself runs the handler in the
   * caller's thread.
   *
   * @param timeoutNanos for the answer; a peer that says nothing at all is given up sooner
   * @throws DistDbException what the handler threw, with its code, message, detail and hint; what
   *     {@link Patience#checkWait} throws: then it may or may not have been done. {@code
   *     CANNOT_CONNECT_NOW}: the node does not answer, or nobody there serves this: it was not
   *     done. {@code COMMIT_OUTCOME_UNKNOWN}: it was asked, and no answer came: it may have been
   *     done, or still be done later
   */
  Bytes call(NodeId to, String service, Bytes request, long timeoutNanos, Patience patience);

  /**
   * Says something that nobody answers. It may be lost, come late, twice or out of order. To this
   * node itself: in a thread of its own.
   *
   * @param message at most {@link #tellBytesMax()} bytes
   */
  void tell(NodeId to, String service, Bytes message);

  int tellBytesMax();

  /** The number of this life of the node, at least 1: greater than in any earlier one. */
  long life();

  /** Calls under way, and those that come later, end as if nobody answered. */
  @Override
  void close();

  /** Those of a node that has no others. */
  static Calls alone(NodeId self, Scheduler scheduler) {
    return new CallsToSelf(self, scheduler);
  }

  /** Does what is asked of a service. */
  @FunctionalInterface
  interface Handler {
    /**
     * Runs in a thread of its own, and may wait. The caller may have given up, or be dead.
     *
     * @return for the caller; of a {@link #tell}, for nobody
     * @throws DistDbException travels to the caller
     */
    Bytes answer(NodeId from, Bytes request);
  }

  /** Where somebody waits, and whether it may go on. */
  interface Patience {
    /** Where the waiting thread waits; the same one at every call. Any thread. */
    Waiter waiter();

    /**
     * Called before and after each wait, by the waiting thread.
     *
     * @throws DistDbException the wait shall end: cancelled, or shutting down
     */
    void checkWait();

    /** Nothing ends the wait but its own time. */
    static Patience of(Waiter waiter) {
      return new Patience() {
        @Override
        public Waiter waiter() {
          return waiter;
        }

        @Override
        public void checkWait() {}
      };
    }
  }
}
