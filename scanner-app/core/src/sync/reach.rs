//! Whether the server can be asked while a person waits.

/// What is known of the way to the server.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reach {
    /// Nobody has asked since the start, or since the network came back.
    Unknown,
    /// It answered the last time it was asked.
    Reached,
    /// It answered, but not soon enough for a person who waits.
    Slow,
    /// It did not answer, or the network has gone.
    Away,
}

impl Reach {
    /// Whether the server answered the last time it had time to, and the network has not gone since.
    pub(crate) fn is_online(self) -> bool {
        matches!(self, Self::Reached | Self::Slow)
    }

    /// Whether a person may be made to wait for an answer.
    pub(crate) fn is_worth_waiting(self) -> bool {
        matches!(self, Self::Reached | Self::Unknown)
    }

    /// After a short question without an answer in time: a link that is slow is no link that is gone.
    pub(crate) fn was_late(self) -> Self {
        match self {
            Self::Reached | Self::Slow => Self::Slow,
            Self::Unknown | Self::Away => Self::Away,
        }
    }

    /// After the machine said that there is a network.
    pub(crate) fn network_came(self) -> Self {
        match self {
            Self::Away => Self::Unknown,
            known => known,
        }
    }
}
