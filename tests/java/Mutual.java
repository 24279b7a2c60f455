import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * A server that wants a certificate of its clients, and clients, in one program: each version of TLS with each client.
 * Arguments: folder, password, the server's key store and trust store, the clients' trust store, and the key store of
 * each client. "-" is a client without one; with a "!" behind it, a client shows its certificate whether or not the
 * server named its issuer. For each a line says whether it was let in, and as whom.
 */
class Mutual {
    private static char[] password;
    private static Path folder;

    public static void main(String[] args) throws Exception {
        folder = Path.of(args[0]);
        password = args[1].toCharArray();
        SSLContext server = context(args[2], args[3]);
        for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
            for (int at = 5; at < args.length; at++) {
                System.out.println(version + " " + args[at] + ": " + meet(server, context(args[at], args[4]), version));
            }
        }
    }

    private static KeyStore store(String name) throws Exception {
        return KeyStore.getInstance(folder.resolve(name).toFile(), password);
    }

    private static SSLContext context(String keys, String trusted) throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        boolean insists = keys.endsWith("!");
        own.init(keys.equals("-") ? null : store(keys.replace("!", "")), password);
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init(store(trusted));
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] shown = own.getKeyManagers();
        if (insists) {
            shown = new KeyManager[] {new Insisting((X509ExtendedKeyManager) shown[0])};
        }
        context.init(shown, others.getTrustManagers(), null);
        return context;
    }

    /** What comes of one connection: whom the server saw, or that it refused. */
    private static String meet(SSLContext of, SSLContext with, String version) throws Exception {
        try (SSLServerSocket listener = (SSLServerSocket) of.getServerSocketFactory().createServerSocket(0)) {
            listener.setNeedClientAuth(true);
            listener.setEnabledProtocols(new String[] {version});
            String[] seen = {"nobody"};
            Thread thread = new Thread(() -> {
                try (SSLSocket socket = (SSLSocket) listener.accept()) {
                    socket.startHandshake();
                    SSLSession session = socket.getSession();
                    socket.getOutputStream().write('!');
                    seen[0] = "let in " + session.getPeerPrincipal() + ", " + session.getProtocol();
                } catch (IOException refused) {
                    seen[0] = "refused, " + refused.getMessage();
                }
            });
            thread.start();
            boolean answered = ask(with, listener.getLocalPort(), version);
            thread.join();
            return seen[0] + (answered ? ", answered" : ", not answered");
        }
    }

    /** Whether the client gets an answer. It compares the server's name. */
    private static boolean ask(SSLContext with, int port, String version) throws IOException {
        try (SSLSocket socket = (SSLSocket) with.getSocketFactory().createSocket("localhost", port)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setProtocols(new String[] {version});
            socket.setSSLParameters(parameters);
            InputStream input = socket.getInputStream();
            return input.read() == '!';
        } catch (SSLException | java.net.SocketException refused) {
            return false;
        }
    }

    /** Shows what it has, whatever issuers are asked for. */
    private static class Insisting extends X509ExtendedKeyManager {
        private final X509ExtendedKeyManager keys;

        Insisting(X509ExtendedKeyManager keys) {
            this.keys = keys;
        }

        @Override
        public String chooseClientAlias(String[] kinds, Principal[] issuers, Socket socket) {
            for (String kind : kinds) {
                String alias = keys.chooseClientAlias(new String[] {kind}, null, socket);
                if (alias != null) {
                    return alias;
                }
            }
            return null;
        }

        @Override
        public String[] getClientAliases(String kind, Principal[] issuers) {
            return keys.getClientAliases(kind, null);
        }

        @Override
        public String[] getServerAliases(String kind, Principal[] issuers) {
            return keys.getServerAliases(kind, issuers);
        }

        @Override
        public String chooseServerAlias(String kind, Principal[] issuers, Socket socket) {
            return keys.chooseServerAlias(kind, issuers, socket);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey(alias);
        }
    }
}
