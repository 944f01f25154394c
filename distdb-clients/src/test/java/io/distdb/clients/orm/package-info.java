// SPDX-License-Identifier: MIT
/** Hibernate's mapping of entities to a node's tables. */
package io.distdb.clients.orm;
