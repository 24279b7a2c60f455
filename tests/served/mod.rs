//! `handshake-lab serve` as a program that runs beside a test, and is ended with it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// Longer than any connection takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program, and what it said at its start.
pub struct Served {
    program: Child,
    /// The servers, in the order in which they were told of.
    pub servers: Vec<Server>,
    index: String,
    said: Mutex<Receiver<String>>,
    /// What it says on standard error after its start, all of it when it has ended.
    warned: JoinHandle<Vec<String>>,
    dir: PathBuf,
}

/// A server.
#[derive(Clone, Debug)]
pub struct Server {
    /// What it is called.
    pub fault: String,
    /// Its port.
    pub port: u16,
    /// The name to ask for.
    pub name: String,
}

impl Served {
    /// Starts it with these arguments, and waits until it is ready.
    pub fn start(args: &[&str]) -> Served {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let mut program = Command::new(env!("CARGO_BIN_EXE_handshake-lab"))
            .arg("serve")
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut lines = BufReader::new(program.stdout.take().expect("its output")).lines();
        let mut servers = Vec::new();
        loop {
            let line = lines.next().expect("it goes on").expect("text");
            if line == "ready" {
                break;
            }
            servers.push(Server::read(&line).unwrap_or_else(|| panic!("{line}")));
        }
        let mut warnings = BufReader::new(program.stderr.take().expect("its errors")).lines();
        let index = warnings.find_map(|line| {
            Some(line.ok()?.strip_prefix("http://")?.split_once('/')?.0.to_owned())
        });
        let warned = std::thread::spawn(move || warnings.map_while(Result::ok).collect());
        let (send, said) = channel();
        std::thread::spawn(move || {
            lines.map_while(Result::ok).try_for_each(|line| send.send(line))
        });
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("served-{}-{count}", std::process::id());
        let dir: PathBuf = [env!("CARGO_TARGET_TMPDIR"), &name].iter().collect();
        std::fs::create_dir_all(&dir).expect("a folder");
        let served = Served {
            program,
            servers,
            index: index.expect("a page"),
            said: Mutex::new(said),
            warned,
            dir,
        };
        served.download("/ca.pem");
        served
    }

    /// The server of this fault.
    pub fn server(&self, fault: &str) -> &Server {
        let server = self.servers.iter().find(|server| server.fault == fault);
        server.unwrap_or_else(|| panic!("{fault} is not served"))
    }

    /// The file with the root to trust.
    pub fn ca(&self) -> PathBuf {
        self.dir.join("ca.pem")
    }

    /// What the page has at this path.
    pub fn index(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.index).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.index).expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{path}: {answer}");
        answer.split_once("\r\n\r\n").expect("a body").1.to_owned()
    }

    /// The same, as a file.
    pub fn download(&self, path: &str) -> PathBuf {
        self.download_to(path, &path.trim_start_matches('/').replace('/', "-"))
    }

    /// The same, as a file of this name.
    pub fn download_to(&self, path: &str, name: &str) -> PathBuf {
        let file = self.dir.join(name);
        std::fs::write(&file, self.index(path)).expect("a file");
        file
    }

    /// The most memory that it had until now, in KB (VmHWM).
    pub fn peak_kb(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.program.id()));
        let status = status.expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    }

    /// Ends it, and gives what it said on standard error after its start.
    pub fn end(&mut self) -> Vec<String> {
        let _ = self.program.kill();
        let _ = self.program.wait();
        let warned = std::mem::replace(&mut self.warned, std::thread::spawn(Vec::new));
        warned.join().expect("no panic")
    }

    /// The next lines that it says about connections.
    pub fn lines(&self, count: usize) -> Vec<String> {
        let said = self.said.lock().expect("no panic");
        let line = |_| said.recv_timeout(PATIENCE).expect("another line");
        (0..count).map(line).collect()
    }
}

impl Server {
    /// `FAULT https://ADDRESS:PORT/ NAME`.
    fn read(line: &str) -> Option<Server> {
        let [fault, url, name] = line.split(' ').collect::<Vec<_>>().try_into().ok()?;
        let address: SocketAddr = url.strip_prefix("https://")?.strip_suffix('/')?.parse().ok()?;
        Some(Server { fault: fault.to_owned(), port: address.port(), name: name.to_owned() })
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.end();
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}
