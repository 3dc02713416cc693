//! What an ISBT 128 scan says.

use core::fmt;
use core::mem::discriminant;

use jiff::civil::Date;

use super::date::IsbtDate;
use super::error::{Isbt128Error, Isbt128Fault};
use super::other::OtherStructure;
use super::structure::{Din, Isbt128Structure, ProcessorDi};

/// Head of a compound message [023].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message<'a> {
    /// Data structures that follow, 0 to 99.
    pub count: u8,
    /// Number of a defined sequence of structures, or `000`.
    pub sequence: &'a str,
}

/// Read ISBT 128 data. `Display` writes them back in the scanned form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Isbt128Code<'a> {
    message: Option<Message<'a>>,
    structures: Vec<Isbt128Structure<'a>>,
    /// Each after so many of `structures`.
    others: Vec<(usize, OtherStructure<'a>)>,
}

impl<'a> Isbt128Code<'a> {
    /// Reads ASCII text that is not empty.
    pub(super) fn read(data: &'a str, today: Date) -> Result<Self, Isbt128Error> {
        let (message, mut rest) = match data.strip_prefix("=+") {
            Some(head) => {
                let (message, rest) = Message::take(head).ok_or(Isbt128Error::at(3, Isbt128Fault::CutOff))?;
                (Some(message), rest)
            }
            None if data.starts_with(['=', '&']) => (None, data),
            None => return Err(Isbt128Error::at(1, Isbt128Fault::NotIsbt128)),
        };
        let mut structures: Vec<Isbt128Structure<'a>> = Vec::new();
        let mut others = Vec::new();
        while !rest.is_empty() {
            let at = data.len() - rest.len() + 1;
            let within = |(position, fault)| Isbt128Error::at(at + position, fault);
            if let Some(taken) = OtherStructure::take(rest) {
                let (other, after) = taken.map_err(within)?;
                others.push((structures.len(), other));
                rest = after;
                continue;
            }
            let (structure, after) = Isbt128Structure::take(rest, today).map_err(within)?;
            if structures
                .iter()
                .any(|other| discriminant(other) == discriminant(&structure))
            {
                return Err(Isbt128Error::at(at, Isbt128Fault::Repeated));
            }
            structures.push(structure);
            rest = after;
        }
        let found = structures.len() + others.len();
        if let Some(message) = message
            && usize::from(message.count) != found
        {
            let fault = Isbt128Fault::Count {
                declared: message.count,
                found,
            };
            return Err(Isbt128Error::at(3, fault));
        }
        Ok(Self {
            message,
            structures,
            others,
        })
    }

    /// Head of the compound message, when it is one.
    pub fn message(&self) -> Option<Message<'a>> {
        self.message
    }

    /// The data structures in the order of the label, without the head of the message and those of no UDI.
    pub fn structures(&self) -> &[Isbt128Structure<'a>] {
        &self.structures
    }

    /// The data structures that are part of no UDI, in the order of the label.
    pub fn others(&self) -> impl Iterator<Item = OtherStructure<'a>> {
        self.others.iter().map(|(_, other)| *other)
    }

    fn find<T>(&self, of: impl Fn(&Isbt128Structure<'a>) -> Option<T>) -> Option<T> {
        self.structures.iter().find_map(of)
    }

    /// The device identifier [034].
    pub fn device(&self) -> Option<ProcessorDi<'a>> {
        self.find(|s| match s {
            Isbt128Structure::Device(di) => Some(*di),
            _ => None,
        })
    }

    /// The blood container's identifier [017], which is a device identifier too.
    pub fn container(&self) -> Option<&'a str> {
        self.find(|s| match s {
            Isbt128Structure::Container(di) => Some(*di),
            _ => None,
        })
    }

    /// The device identifier of either kind.
    pub fn di(&self) -> Option<&'a str> {
        self.device().map(ProcessorDi::as_str).or(self.container())
    }

    /// The donation identification number [001].
    pub fn donation(&self) -> Option<Din<'a>> {
        self.find(|s| match s {
            Isbt128Structure::Donation(din) => Some(*din),
            _ => None,
        })
    }

    /// Lot as scanned: of the processor [035]; of the container [018] only where no device of a processor is named.
    pub fn lot(&self) -> Option<&'a str> {
        let own = self.find(|s| match s {
            Isbt128Structure::Lot(lot) => Some(*lot),
            _ => None,
        });
        own.or_else(|| {
            self.find(|s| match s {
                Isbt128Structure::ContainerLot(lot) if self.device().is_none() => Some(*lot),
                _ => None,
            })
        })
    }

    /// Serial or division number [032].
    pub fn serial(&self) -> Option<&'a str> {
        self.find(|s| match s {
            Isbt128Structure::Serial(serial) => Some(*serial),
            _ => None,
        })
    }

    /// Expiry [004, 005, 026].
    pub fn expiry(&self) -> Option<IsbtDate<'a>> {
        self.find(|s| match s {
            Isbt128Structure::Expiry(date) => Some(*date),
            _ => None,
        })
    }

    /// Production date [008, 009].
    pub fn made(&self) -> Option<IsbtDate<'a>> {
        self.find(|s| match s {
            Isbt128Structure::Made(date) => Some(*date),
            _ => None,
        })
    }
}

impl<'a> Message<'a> {
    /// Two digits of count, three of sequence.
    fn take(text: &'a str) -> Option<(Self, &'a str)> {
        let (head, rest) = text.split_at_checked(5)?;
        if !head.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let (count, sequence) = head.split_at_checked(2)?;
        let count = count.parse().ok()?;
        Some((Self { count, sequence }, rest))
    }
}

impl fmt::Display for Isbt128Code<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(message) = self.message {
            write!(f, "=+{:02}{}", message.count, message.sequence)?;
        }
        let mut others = self.others.iter().peekable();
        for (at, structure) in self.structures.iter().enumerate() {
            while let Some((_, other)) = others.next_if(|(before, _)| *before <= at) {
                write!(f, "{other}")?;
            }
            write!(f, "{structure}")?;
        }
        others.try_for_each(|(_, other)| write!(f, "{other}"))
    }
}
