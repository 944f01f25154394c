// SPDX-License-Identifier: MIT
/**
 * Other people's drivers and frameworks against a node: what works with PostgreSQL has to work
 * here. No part of DistDB is looked into.
 */
package io.distdb.clients;
