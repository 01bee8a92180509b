import static org.neo4j.configuration.GraphDatabaseSettings.DEFAULT_DATABASE_NAME;
import static org.neo4j.configuration.GraphDatabaseSettings.SYSTEM_DATABASE_NAME;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/**
 * A Neo4j server on loopback: {@code java -cp 'lib/*' Server.java DIR PORT}, the password in NEO4J_PASSWORD.
 *
 * It prints "ready" when Bolt answers and ends when its standard input does, so that it never outlives who started it.
 */
public class Server {
    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        // A password that is set a second time is refused for being the old one.
        var fresh = !Files.exists(folder.resolve("data"));
        var service = new DatabaseManagementServiceBuilder(folder)
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", Integer.parseInt(arguments[1])))
                .setConfig(GraphDatabaseSettings.auth_enabled, true)
                .setConfig(GraphDatabaseSettings.auth_lock_time, Duration.ZERO)
                .build();
        if (fresh) {
            service.database(SYSTEM_DATABASE_NAME).executeTransactionally(
                    "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
                    Map.of("password", System.getenv("NEO4J_PASSWORD")));
        }
        service.database(DEFAULT_DATABASE_NAME).isAvailable(60_000);
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Only its end matters.
        }
        service.shutdown();
    }
}
