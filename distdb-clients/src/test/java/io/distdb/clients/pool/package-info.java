// SPDX-License-Identifier: MIT
/** Connection pools. */
package io.distdb.clients.pool;
