// SPDX-License-Identifier: MIT
/**
 * PostgreSQL's protocol 3.0 over one session: the conversation after the start. Knows channels of
 * bytes and no sockets, so that a program with DistDB embedded can have it too.
 */
package io.distdb.node.pgwire.protocol;
