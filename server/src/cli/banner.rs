//! What `serve` says when it is ready: the addresses, and in a demo region who may sign in and what to try.

use std::fmt::Write as _;
use std::net::SocketAddr;

use crate::demo::people;

/// What stands in the banner.
#[derive(Debug)]
pub(super) struct Banner {
    /// Address it listens on.
    pub address: SocketAddr,
    /// HTTPS.
    pub secure: bool,
    /// The scanner page is served.
    pub web: bool,
    /// The region is the demo.
    pub demo: bool,
}

impl Banner {
    /// The first line is for scripts: the real port stands in it.
    pub(super) fn text(&self) -> String {
        let scheme = if self.secure { "https" } else { "http" };
        let base = format!("{scheme}://{}", self.address);
        let mut text = format!("listening on {base}\n\n");
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  at the desk      {base}/console/");
        if self.web {
            let _ = writeln!(text, "  on the handheld  {base}/app/");
        }
        let _ = writeln!(text, "  for programs     {base}/api/v1/openapi.json");
        if self.demo {
            text.push_str(&demo(self.web));
        }
        text
    }
}

fn demo(web: bool) -> String {
    let mut text = String::from("\ndemo users (never use these passwords elsewhere):\n");
    for person in people() {
        let roles: Vec<&str> = person.user.roles.iter().map(|role| role.word()).collect();
        let _ = writeln!(
            text,
            "  {:<10} {:<20} {:<8} {}",
            person.user.login,
            person.password,
            roles.join(", "),
            person.user.name
        );
    }
    if web {
        text.push_str(
            "\nwhat to do next:\n  \
             1. At the desk, sign in as planerare; under Enheter make a code for a new device.\n  \
             2. On the handheld page (another window will do) type the code, and sign in as plockare.\n  \
             3. Under Etiketter at the desk are labels to scan: with the camera, a scanner, or by Skriv kod.\n  \
             4. Take the network away, receive, pick order O-1001 and deliver it; give the network back.\n  \
             5. Sign in on the handheld as vard and confirm; at the desk as kvalitet, and trace the lot under Spårning.\n",
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Banner;

    fn banner(web: bool, demo: bool) -> String {
        let address = "127.0.0.1:8080".parse().expect("an address");
        Banner {
            address,
            secure: false,
            web,
            demo,
        }
        .text()
    }

    #[test]
    fn the_first_line_is_the_address_alone() {
        let text = banner(true, true);
        assert_eq!(text.lines().next(), Some("listening on http://127.0.0.1:8080"));
        for said in [
            "http://127.0.0.1:8080/app/",
            "http://127.0.0.1:8080/console/",
            "plockare-nordmark",
        ] {
            assert!(text.contains(said), "{said}");
        }
    }

    #[test]
    fn a_real_region_shows_no_passwords_and_a_server_without_the_page_does_not_name_it() {
        assert!(!banner(true, false).contains("-nordmark"));
        assert!(!banner(false, true).contains("/app/"));
    }
}
