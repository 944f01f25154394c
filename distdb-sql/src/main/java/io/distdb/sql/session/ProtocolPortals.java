// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.sql.function.SessionControl;
import java.util.List;

/** What Bind has made, for the session: its names are those of cursors too. */
public interface ProtocolPortals {
  /** Of a session without a protocol. */
  ProtocolPortals NONE =
      new ProtocolPortals() {
        @Override
        public boolean has(String name) {
          return false;
        }

        @Override
        public List<ResultColumn> columns(String name) {
          return List.of();
        }

        @Override
        public ServerCursor cursor(String name) {
          throw new IllegalArgumentException("there is no portal " + name);
        }

        @Override
        public boolean close(String name) {
          return false;
        }

        @Override
        public void closeAll() {}

        @Override
        public List<SessionControl.OpenCursor> open() {
          return List.of();
        }
      };

  boolean has(String name);

  /** The columns of the portal of a name that {@link #has} knows. */
  List<ResultColumn> columns(String name);

  /**
   * The portal of a name that {@link #has} knows, run if it has not been yet, to be read by FETCH.
   *
   * @throws DistDbException as its statement; {@code OBJECT_NOT_IN_PREREQUISITE_STATE}: it has no
   *     rows
   */
  ServerCursor cursor(String name);

  /**
   * @return false: there is none of that name
   */
  boolean close(String name);

  /** CLOSE ALL, or the end of the transaction. */
  void closeAll();

  /** Those that are open. */
  List<SessionControl.OpenCursor> open();
}
