// SPDX-License-Identifier: MIT
/** Programs that bring a schema from version to version, and one that reads it. */
package io.distdb.clients.migration;
