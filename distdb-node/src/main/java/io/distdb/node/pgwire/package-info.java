// SPDX-License-Identifier: MIT
/**
 * The server that PostgreSQL's clients talk to: who may come in, threads, limits, shutting down.
 * What is said over a connection is in {@code protocol}, bytes are in {@code message} and {@code
 * type}.
 */
package io.distdb.node.pgwire;
