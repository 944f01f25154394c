// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.consensus.StateMachine;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.api.storage.LogPosition;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A bug of real systems, planted around the host: in what it is told by its ports. */
enum HostBug {
  NONE,
  /** Bug class 17: a restart begins a little before what was applied. */
  APPLIES_AGAIN,
  /** Bug class 18: a full disk is taken for one that has written. */
  IGNORES_FULL_DISK,
  /** Bug class 18: a failed force is taken for a force. */
  IGNORES_FAILED_FORCE;

  Journal around(Journal journal) {
    return switch (this) {
      case NONE, APPLIES_AGAIN -> journal;
      case IGNORES_FULL_DISK -> ignoring(journal, ErrorCode.DISK_FULL);
      case IGNORES_FAILED_FORCE -> ignoring(journal, ErrorCode.IO_ERROR);
    };
  }

  StateMachine around(StateMachine machine) {
    return this == APPLIES_AGAIN ? forgetful(machine) : machine;
  }

  private static Journal ignoring(Journal journal, ErrorCode code) {
    return (Journal)
        Proxy.newProxyInstance(
            Journal.class.getClassLoader(),
            new Class<?>[] {Journal.class},
            (proxy, method, arguments) -> {
              try {
                return call(journal, method, arguments);
              } catch (DistDbException refused) {
                boolean writes =
                    method.getName().equals("append") || method.getName().equals("force");
                if (!writes || refused.code() != code) {
                  throw refused;
                }
                return method.getReturnType() == long.class ? journal.endOffset() : null;
              }
            });
  }

  private static StateMachine forgetful(StateMachine machine) {
    return (StateMachine)
        Proxy.newProxyInstance(
            StateMachine.class.getClassLoader(),
            new Class<?>[] {StateMachine.class},
            (proxy, method, arguments) -> {
              Object result = call(machine, method, arguments);
              boolean forgets =
                  method.getName().equals("applied") && ((LogPosition) result).index() > 0;
              return forgets
                  ? new LogPosition(
                      ((LogPosition) result).term(), ((LogPosition) result).index() - 1)
                  : result;
            });
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
