// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SchemaStatement.OnCommit;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.parse.SqlParser;
import io.distdb.sql.text.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The temporary tables of one session.
 *
 * <p>Design, PostgreSQL's: they are tables like others in a schema of the session's own, which
 * comes first in its search path from the first CREATE TEMPORARY on, and which goes with the
 * session; what a process left behind goes when the database is opened. Used by the session's
 * thread.
 */
final class TemporaryObjects {
  /** Sessions that one node has in its life are fewer than 2 to this. */
  private static final int NODE_SHIFT = 40;

  private final String schema;
  private boolean enabled;
  private List<String> path = List.of();
  private List<String> pathWithout;

  /** What happens at a commit, by table. */
  private final Map<String, OnCommit> endings = new LinkedHashMap<>();

  /**
   * The number of a session.
   *
   * @param node 0 of a node that is alone
   * @param count of the node's sessions
   */
  static long number(int node, long count) {
    return ((long) node << NODE_SHIFT) + count;
  }

  /** Whether a schema of temporary tables is of the node's sessions, or of one that was alone. */
  static boolean isLeftBy(int node, String schema) {
    long owner = Schema.sessionOf(schema).orElse(0) >>> NODE_SHIFT;
    return owner == node || owner == 0;
  }

  /**
   * @param session its number, unlike that of any other that is open
   */
  TemporaryObjects(long session) {
    schema = Schema.temporary(session);
  }

  /** The schema is in the path from now on. */
  void enable() {
    enabled = true;
    pathWithout = null;
  }

  boolean isEnabled() {
    return enabled;
  }

  /** The search path of a session that has set {@code own}. */
  List<String> path(List<String> own) {
    if (!enabled) {
      return own;
    }
    if (pathWithout != own) {
      List<String> whole = new ArrayList<>(own.size() + 1);
      whole.add(schema);
      own.stream().filter(name -> !name.equals(Schema.TEMPORARY)).forEach(whole::add);
      path = List.copyOf(whole);
      pathWithout = own;
    }
    return path;
  }

  /** A table was created within the present transaction. */
  void created(SchemaStatement statement, SchemaStatement.Temporary temporary) {
    String name =
        switch (statement) {
          case SchemaStatement.CreateTable create -> create.table().name().text();
          case SchemaStatement.CreateTableAs create -> create.table().name().text();
          default -> throw new IllegalArgumentException("no table is created");
        };
    if (temporary.onCommit() == OnCommit.PRESERVE_ROWS) {
      endings.remove(name);
    } else {
      endings.put(name, temporary.onCommit());
    }
  }

  /** Whether a commit has something to do. */
  boolean hasEndings() {
    return !endings.isEmpty();
  }

  /**
   * Does what ON COMMIT says, as the last statements of the session's block.
   *
   * @throws DistDbException as those statements do; the block has failed
   */
  void beforeCommit(LocalSession session) {
    for (Map.Entry<String, OnCommit> ending : List.copyOf(endings.entrySet())) {
      String table = qualified(ending.getKey());
      boolean there =
          session
              .block()
              .view(session.database().catalog())
              .table(schema, ending.getKey())
              .isPresent();
      if (there && ending.getValue() == OnCommit.DELETE_ROWS) {
        run(session, "DELETE FROM " + table);
      } else if (there) {
        run(session, "DROP TABLE " + table + " CASCADE");
      }
      if (!there || ending.getValue() == OnCommit.DROP) {
        endings.remove(ending.getKey());
      }
    }
  }

  private String qualified(String table) {
    return Texts.identifier(schema) + "." + Texts.identifier(table);
  }

  private static void run(LocalSession session, String sql) {
    session.run(new CachedStatement(SqlParser.parse(sql)), Arguments.Given.NONE);
  }

  /** Drops all of them, outside of a block. */
  void drop(LocalSession session) {
    if (enabled) {
      endings.clear();
      run(session, "DROP SCHEMA IF EXISTS " + Texts.identifier(schema) + " CASCADE");
      enabled = session.block() != null; // which may be rolled back
    }
  }
}
