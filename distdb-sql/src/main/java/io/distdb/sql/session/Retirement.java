// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets no session into a database that is to be dropped, on any node. A node that does not answer
 * is passed over: sessions that it may have there find the database gone. What a node hears no more
 * of ends by itself.
 */
final class Retirement {
  private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);
  private static final String SERVICE = "sql.retire";
  private static final long ELSEWHERE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int RETIRE = 1;
  private static final int UNRETIRE = 2;

  private final Databases databases;
  private final Neighbours neighbours;

  Retirement(Databases databases, Neighbours neighbours) {
    this.databases = databases;
    this.neighbours = neighbours;
    neighbours.serve(SERVICE, this::answer);
  }

  /**
   * @throws DistDbException {@code DATABASE_IN_USE}: there are sessions, on whichever node
   */
  void retire(Database victim) {
    victim.retire(Database.FOR_EVER);
    List<NodeId> done = new ArrayList<>();
    try {
      for (NodeId node : neighbours.others()) {
        done.add(node);
        ask(node, RETIRE, victim);
      }
    } catch (DistDbException refused) {
      victim.unretire();
      done.forEach(node -> ask(node, UNRETIRE, victim));
      throw refused;
    }
  }

  void unretire(Database victim) {
    victim.unretire();
    neighbours.others().forEach(node -> ask(node, UNRETIRE, victim));
  }

  private void ask(NodeId node, int what, Database victim) {
    Bytes request =
        new MessageFields().number(what).number(victim.number()).text(victim.name()).toBytes();
    try {
      neighbours.ask(node, SERVICE, request);
    } catch (DistDbException refused) {
      if (refused.code() == ErrorCode.DATABASE_IN_USE) {
        throw refused;
      }
      LOG.warn("node {} was not told of database {}: {}", node, victim.name(), refused.toString());
    }
  }

  private Bytes answer(NodeId from, Bytes message) {
    return MessageFields.read(
        "a request to retire a database",
        message,
        fields -> {
          obey(fields.small(), fields.number(), fields.text());
          return Bytes.EMPTY;
        });
  }

  private void obey(int what, long number, String name) {
    Database database = databases.database(name);
    if (database.number() != number) {
      return;
    }
    switch (what) {
      case RETIRE -> database.retire(ELSEWHERE_NANOS);
      case UNRETIRE -> database.unretire();
      default -> throw new IllegalArgumentException("no way to " + what + " a database");
    }
  }
}
