// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.protocol;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Value;
import io.distdb.node.pgwire.type.RowFormat;
import io.distdb.sql.function.SessionControl;
import io.distdb.sql.session.ProtocolPortals;
import io.distdb.sql.session.ResultColumn;
import io.distdb.sql.session.ServerCursor;
import io.distdb.sql.session.ServerSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The portals of a client. Used by the connection's thread. */
final class Portals implements ProtocolPortals {
  private final ServerSession session;
  private final Map<String, Portal> named = new LinkedHashMap<>();
  private Portal unnamed;

  Portals(ServerSession session) {
    this.session = session;
    session.cursors().shareNames(this);
  }

  /**
   * @throws DistDbException {@code DUPLICATE_CURSOR}: there is a portal or a cursor of that name
   */
  void checkFree(String name) {
    if (!name.isEmpty() && (named.containsKey(name) || declared(name) != null)) {
      throw new DistDbException(
          ErrorCode.DUPLICATE_CURSOR, "cursor \"" + name + "\" already exists");
    }
  }

  /**
   * @param name one that {@link #checkFree} has seen, or empty for the one that the next replaces
   */
  void bind(String name, WireStatement statement, Value[] values, RowFormat format) {
    if (name.isEmpty()) {
      closeUnnamed();
      unnamed = new Portal(statement, values, format, 0);
    } else {
      long now = session.environment().clockMicros();
      named.put(name, new Portal(statement, values, format, now));
    }
  }

  /** The one of that name, or null. */
  Portal find(String name) {
    return name.isEmpty() ? unnamed : named.get(name);
  }

  /** The cursor that DECLARE opened by that name, or null. */
  ServerCursor declared(String name) {
    return name.isEmpty() ? null : session.cursors().find(name).orElse(null);
  }

  static DistDbException missing(String name) {
    return new DistDbException(
        ErrorCode.INVALID_CURSOR_NAME, "portal \"" + name + "\" does not exist");
  }

  void closeUnnamed() {
    if (unnamed != null) {
      unnamed.close();
      unnamed = null;
    }
  }

  /** Closes the portal or the cursor of that name, if there is such. */
  void forget(String name) {
    if (name.isEmpty()) {
      closeUnnamed();
    } else if (!close(name)) {
      session.cursors().close(name);
    }
  }

  // --- for the session ---

  @Override
  public boolean has(String name) {
    return named.containsKey(name);
  }

  @Override
  public List<ResultColumn> columns(String name) {
    return named.get(name).statement().prepared().columns();
  }

  @Override
  public ServerCursor cursor(String name) {
    return named.get(name).cursor(name, session.cursors());
  }

  @Override
  public boolean close(String name) {
    Portal portal = named.remove(name);
    if (portal != null) {
      portal.close();
    }
    return portal != null;
  }

  @Override
  public void closeAll() {
    closeUnnamed();
    if (!named.isEmpty()) {
      named.values().forEach(Portal::close);
      named.clear();
    }
  }

  @Override
  public List<SessionControl.OpenCursor> open() {
    List<SessionControl.OpenCursor> open = new ArrayList<>();
    named.forEach((name, portal) -> open.add(portal.facts(name)));
    if (unnamed != null) {
      open.add(unnamed.facts(""));
    }
    return open;
  }
}
