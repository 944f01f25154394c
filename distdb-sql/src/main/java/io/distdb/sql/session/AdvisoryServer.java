// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the advisory locks of a whole cluster while this node leads: in the tables of its own
 * databases, which are emptied when a leadership begins.
 *
 * <p>Design: another node is a guest, whose locks are given back when nothing was heard of it for
 * {@link #LEASE_NANOS}; it counts them lost sooner. A new leader does not know what an earlier one
 * has given away. So it first has every node forget it, or, when one does not answer, waits until
 * it has by itself. A lock has a number of its guest's choosing, so that giving back can be
 * repeated, and may overtake the request: then that is refused. See docs/adr/0028.
 */
final class AdvisoryServer {
  /** A guest of which nothing was heard for so long holds nothing any more. */
  static final long LEASE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int WITHDRAWN_MAX = 10_000;

  private record Given(AdvisoryLocks table, AdvisoryRequest request) {}

  /** Another node, in one of its lives. */
  private static final class Guest {
    final long life;
    final Map<Long, Given> given = new HashMap<>();
    final Set<Long> withdrawn = new HashSet<>();
    long heardNanos;

    Guest(long life) {
      this.life = life;
    }
  }

  private final Databases databases;
  private final Neighbours neighbours;
  private final Scheduler scheduler;
  private final Clock clock;
  private final WaitGraph graph;

  // --- guarded by the graph ---
  private final Map<NodeId, Guest> guests = new HashMap<>();
  private long term = -1;
  private boolean watching;

  /** When the term began, and whether what others hold by earlier ones is over. */
  private long sinceNanos;

  private boolean forgotten;

  AdvisoryServer(Databases databases, Scheduler scheduler, Clock clock) {
    this.databases = databases;
    neighbours = databases.neighbours();
    this.scheduler = scheduler;
    this.clock = clock;
    graph = databases.waits();
    neighbours.serve(AdvisoryMessages.HELLO, this::hello);
    neighbours.serve(AdvisoryMessages.LOCK, this::lock);
    neighbours.serve(AdvisoryMessages.RELEASE, this::release);
    neighbours.serve(AdvisoryMessages.PING, this::ping);
  }

  // --- the term ---

  /**
   * The term in which this node leads, and may give locks away.
   *
   * @throws DistDbException {@code CANNOT_CONNECT_NOW}: it does not lead
   */
  long enter() {
    while (true) {
      long leading = neighbours.cluster().leadingTerm();
      if (leading < 0) {
        throw notLeading();
      }
      boolean isNew;
      synchronized (graph) {
        isNew = term != leading;
        if (isNew) {
          begin(leading);
        } else if (forgotten || clock.nanoTime() - sinceNanos >= LEASE_NANOS) {
          return leading;
        }
      }
      if (isNew && everybodyForgets(leading)) {
        synchronized (graph) {
          forgotten |= term == leading;
        }
      } else {
        scheduler.newWaiter().awaitUninterruptibly(SLICE_NANOS);
      }
    }
  }

  private void begin(long leading) {
    term = leading;
    sinceNanos = clock.nanoTime();
    forgotten = false;
    guests.clear();
    databases.opened().forEach(database -> database.advisory().clear());
  }

  private boolean everybodyForgets(long leading) {
    boolean all = true;
    for (NodeId node : neighbours.others()) {
      try {
        neighbours.ask(
            node, AdvisoryMessages.FORGET, new MessageFields().number(leading).toBytes());
      } catch (DistDbException silent) {
        all = false;
      }
    }
    return all;
  }

  /** Whether what was given away in {@code given} still is. */
  boolean isCurrent(long given) {
    return neighbours.cluster().leadingTerm() == given;
  }

  static DistDbException notLeading() {
    return new DistDbException(
        ErrorCode.CANNOT_CONNECT_NOW,
        "this node does not keep the advisory locks: it leads no more");
  }

  /**
   * For a session of this node; who has to wait calls {@link #withdraw} in the end.
   *
   * @return whether it is granted
   */
  boolean lockHere(long given, AdvisoryLocks table, AdvisoryRequest request, boolean waits) {
    synchronized (graph) {
      if (term != given || !isCurrent(given)) {
        throw notLeading();
      }
      return waits ? table.lock(request) : table.tryLock(request);
    }
  }

  /** The request waits no more; if it was granted, that is given back. */
  void withdraw(long given, AdvisoryLocks table, AdvisoryRequest request) {
    synchronized (graph) {
      if (term == given) {
        giveBack(new Given(table, request));
      }
    }
  }

  /** Gives a lock of this node's own back. */
  void release(long given, AdvisoryLocks table, AdvisoryRequest request) {
    synchronized (graph) {
      if (term == given) {
        table.release(request);
      }
    }
  }

  // --- guests ---

  private Bytes hello(NodeId from, Bytes message) {
    long life = AdvisoryMessages.number(message);
    long entered = enter();
    synchronized (graph) {
      Guest known = guests.get(from);
      if (known == null || known.life != life) {
        forget(known);
        guests.put(from, new Guest(life));
      }
      guests.get(from).heardNanos = clock.nanoTime();
      watch();
    }
    return new MessageFields().number(entered).toBytes();
  }

  private Bytes ping(NodeId from, Bytes message) {
    long life = AdvisoryMessages.number(message);
    synchronized (graph) {
      Guest guest = guests.get(from);
      boolean known = guest != null && guest.life == life && isCurrent(term);
      if (known) {
        guest.heardNanos = clock.nanoTime();
      }
      return new MessageFields().number(known ? term : -1).toBytes();
    }
  }

  private Bytes lock(NodeId from, Bytes message) {
    AdvisoryMessages.Wanted wanted = AdvisoryMessages.Wanted.of(message);
    AdvisoryLocks table = databases.numbered(wanted.database()).advisory();
    AdvisoryRequest request =
        new AdvisoryRequest(
            wanted.processId(), wanted.key(), wanted.strength(), scheduler.newWaiter());
    boolean granted;
    synchronized (graph) {
      Guest guest = require(from, wanted);
      if (guest.withdrawn.remove(wanted.number())) {
        throw withdrawn();
      }
      granted = wanted.waits() ? table.lock(request) : table.tryLock(request);
      if (granted || wanted.waits()) {
        guest.given.put(wanted.number(), new Given(table, request));
      }
    }
    if (wanted.waits()) {
      await(request, wanted.term());
    }
    return granted || wanted.waits() ? Bytes.of(1) : Bytes.EMPTY;
  }

  private Guest require(NodeId from, AdvisoryMessages.Wanted wanted) {
    Guest guest = guests.get(from);
    if (guest == null
        || guest.life != wanted.life()
        || term != wanted.term()
        || !isCurrent(wanted.term())) {
      throw notLeading();
    }
    return guest;
  }

  private void await(AdvisoryRequest request, long given) {
    while (!request.isGranted()) {
      if (request.isLost() || !isCurrent(given)) {
        throw request.isLost() ? withdrawn() : notLeading();
      }
      request.waiter().awaitUninterruptibly(SLICE_NANOS);
    }
  }

  private static DistDbException withdrawn() {
    return new DistDbException(ErrorCode.QUERY_CANCELED, "the request for the lock was withdrawn");
  }

  private Bytes release(NodeId from, Bytes message) {
    AdvisoryMessages.Returned returned = AdvisoryMessages.Returned.of(message);
    synchronized (graph) {
      Guest guest = guests.get(from);
      if (guest == null || guest.life != returned.life()) {
        return Bytes.EMPTY;
      }
      Given given = guest.given.remove(returned.number());
      if (given != null) {
        giveBack(given);
      } else if (guest.withdrawn.size() < WITHDRAWN_MAX) {
        guest.withdrawn.add(returned.number());
      }
    }
    return Bytes.EMPTY;
  }

  private static void giveBack(Given given) {
    if (given.table().withdraw(given.request())) {
      given.request().lose();
    } else {
      given.table().release(given.request());
    }
  }

  private static void forget(Guest guest) {
    if (guest != null) {
      guest.given.values().forEach(AdvisoryServer::giveBack);
      guest.given.clear();
    }
  }

  // --- leases ---

  private void watch() {
    if (!watching) {
      watching = true;
      scheduler.after(LOOK_NANOS, "distdb-advisory-leases", this::look);
    }
  }

  private void look() {
    synchronized (graph) {
      watching = false;
      long since = clock.nanoTime() - LEASE_NANOS;
      for (Iterator<Guest> each = guests.values().iterator(); each.hasNext(); ) {
        Guest guest = each.next();
        if (guest.heardNanos - since < 0) {
          each.remove();
          forget(guest);
        }
      }
      if (!guests.isEmpty()) {
        watch();
      }
    }
  }
}
