package org.coffer.console.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.value.ValueNull;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.ThreadLocalTransactionProvider;

/**
 * The open catalog of one home. Opening migrates an older one (after a copy) and refuses a newer one; the process that
 * opens it already owns the home, so nobody else has it open.
 */
public final class Catalog implements AutoCloseable {
    /** The schema version that this program writes: the number of the newest script in {@code db/migration}. */
    static final int VERSION = 35;

    private static final String USER = "coffer";

    /**
     * The constants of the libraries, which take a quarter of a start to be computed. Whoever comes second waits here for
     * whoever came first, so that two threads are never at these classes at once: jOOQ's refer to each other in circles.
     */
    private static final class Constants {
        static final List<Object> COMPUTED = List.of(DSL.using(SQLDialect.H2), ValueNull.INSTANCE);

        private Constants() {}

        static void compute() {
            Objects.requireNonNull(COMPUTED);
        }
    }

    private final JdbcConnectionPool pool;
    private final CatalogStamp stamp;
    private final Path file;
    private final boolean compacting;
    private final DSLContext sql;

    private Catalog(JdbcConnectionPool pool, CatalogStamp stamp, Path file, boolean compacting) {
        this.pool = pool;
        this.stamp = stamp;
        this.file = file;
        this.compacting = compacting;
        var connections = new DataSourceConnectionProvider(pool);
        Configuration configuration = new DefaultConfiguration()
                .set(SQLDialect.H2)
                .set(new ThreadLocalTransactionProvider(connections))
                .set(new Settings()
                        .withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_UNQUOTED)
                        .withExecuteLogging(false));
        this.sql = DSL.using(configuration);
    }

    /** Makes ready what opening needs whichever the home is. Another thread can do that while the home is found. */
    public static void prepare() {
        Constants.compute();
    }

    /**
     * Opens the catalog of a home, making it if there is none.
     *
     * @param home the home folder, which exists and is owned by this process
     * @throws ProblemException {@code catalog.newer} if a newer program wrote it, {@code catalog.unreadable} if the
     *     file cannot be opened
     */
    public static Catalog open(Path home) {
        prepare();
        Path file = home.resolve("catalog.mv.db");
        boolean fresh = !Files.exists(file);
        String url = "jdbc:h2:file:" + home.toAbsolutePath().resolve("catalog");
        CatalogStamp stamp = new CatalogStamp(file);
        boolean known = !fresh && stamp.says(VERSION);
        if (!fresh && !known) {
            refuseNewer(url, file);
        }
        boolean compacting = !known || grown(file, stamp.compact());
        if (!compacting) {
            url += ";MAX_COMPACT_TIME=0";
        }
        JdbcConnectionPool pool = JdbcConnectionPool.create(
                url + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0;TRACE_LEVEL_FILE=0;COMPRESS=FALSE;CACHE_SIZE=16384",
                USER,
                "");
        pool.setMaxConnections(16);
        try {
            if (!known) {
                migrate(pool, fresh ? 0 : version(pool::getConnection), home, file);
            }
            return new Catalog(pool, stamp, file, compacting);
        } catch (SQLException e) {
            pool.dispose();
            throw unreadable(file, e);
        } catch (RuntimeException e) {
            pool.dispose();
            throw e;
        }
    }

    /**
     * Whether closing shall move what lives to the file's front and cut the rest off: that takes some thirty syncs, more than
     * all else that a small command writes, and is worth it once the file has grown by a quarter.
     */
    private static boolean grown(Path file, long compact) {
        try {
            return Files.size(file) > compact + compact / 4;
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * Looks at the version with the file opened for reading only, because opening it in the ordinary way already
     * rewrites parts of it, and what a newer program wrote is not ours to touch.
     */
    private static void refuseNewer(String url, Path file) {
        int found;
        try {
            found = version(() -> DriverManager.getConnection(url + ";ACCESS_MODE_DATA=r", USER, ""));
        } catch (SQLException e) {
            throw unreadable(file, e);
        }
        if (found > VERSION) {
            throw new ProblemException(Problem.of("catalog.newer", "path", file.toString(), "version", found));
        }
    }

    private static ProblemException unreadable(Path file, SQLException cause) {
        return new ProblemException(
                Problem.of("catalog.unreadable", "path", file.toString(), "cause", String.valueOf(cause.getMessage())),
                cause);
    }

    /** One way to reach the catalog. */
    private interface Connecting {
        Connection connect() throws SQLException;
    }

    /** The schema's version, read without the migration tool: starting it costs more than the rest of opening. */
    private static int version(Connecting way) throws SQLException {
        try (var connection = way.connect();
                var tables = connection.getMetaData().getTables(null, null, "flyway_schema_history", null)) {
            if (!tables.next()) {
                return 0;
            }
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("select max(cast(\"version\" as int)) from"
                            + " \"flyway_schema_history\" where \"success\" = true")) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }

    private static void migrate(JdbcConnectionPool pool, int from, Path home, Path file) {
        if (from == VERSION) {
            return;
        }
        if (from > 0) {
            keepCopy(home, file, from);
        }
        Flyway.configure(Catalog.class.getClassLoader())
                .dataSource(pool)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    private static void keepCopy(Path home, Path file, int version) {
        try {
            Files.copy(file, home.resolve("catalog-v" + version + ".mv.db"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For stores only: SQL that takes part in the thread's transaction, if there is one. */
    public DSLContext sql() {
        return sql;
    }

    /** Runs {@code act} in one transaction: all of it happens, or nothing. Nested calls join the outer one's fate. */
    public <T> T transaction(Supplier<T> act) {
        return sql.transactionResult(() -> act.get());
    }

    /** Runs {@code act} in one transaction. */
    public void transaction(Runnable act) {
        sql.transaction(() -> act.run());
    }

    @Override
    public void close() {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            // From here on nobody gets another connection: one would open the file again, or make a new one.
            pool.dispose();
            statement.execute("shutdown");
            stamp.write(VERSION, compacting ? Files.size(file) : stamp.compact());
        } catch (SQLException | IOException e) {
            System.getLogger(Catalog.class.getName()).log(System.Logger.Level.WARNING, "catalog not closed cleanly", e);
        }
        pool.dispose();
    }
}
