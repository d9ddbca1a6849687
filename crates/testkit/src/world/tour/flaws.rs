//! Why some hosts cannot be visited: not everybody has agreed, answered in time or can receive everybody.

use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::Host;

/// Gives each flaw to another of the firms that nothing is agreed with.
pub(super) fn add(hosts: &mut [Host], spared: &[&str], rng: &mut ChaCha8Rng) {
    let is_open = |host: &Host| host.kind == "enterprise" && !spared.contains(&host.code.as_str());
    let mut firms: Vec<&mut Host> = hosts.iter_mut().filter(|host| is_open(host)).collect();
    firms.shuffle(rng);
    let flaws: [fn(&mut Host); 8] = [
        |host| host.consent = false,
        |host| host.valid_until = "2012-03-31",
        |host| host.notice = 60,
        |host| host.is_step_free = false,
        |host| host.languages = vec!["de"],
        |host| host.consent = false,
        |host| host.is_step_free = false,
        |host| host.consent = false,
    ];
    // In a small country with few firms, some stay without a flaw.
    let most = firms.len() / 2;
    for (host, flaw) in firms.into_iter().zip(flaws).take(most) {
        flaw(host);
    }
}
