// SPDX-License-Identifier: MIT
/** COPY over a connection, with pgjdbc's CopyManager. */
package io.distdb.clients.copy;
