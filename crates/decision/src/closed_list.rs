//! Closed lists: enums whose values are spelled in one way, in input, answers and rule text alike.

/// Declares an enum of a closed list. Each value gives its spelling, and its doc comment is what
/// the JSON schema says of it. The phrase after the name is what an error calls it.
macro_rules! closed_list {
    (
        $(#[doc = $about:literal])+
        pub enum $name:ident is $what:literal {
            $( $(#[doc = $doc:literal])+ $variant:ident = $text:literal, )+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[repr(u16)]
        pub enum $name {
            $( $(#[doc = $doc])+ $variant, )+
        }

        impl $name {
            /// Every value, in the order of the list.
            pub const ALL: &'static [Self] = &[$( Self::$variant ),+];

            /// As it is written.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $( Self::$variant => $text, )+
                }
            }

            /// What it means, in a sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self {
                    $( Self::$variant => concat!($($doc),+).trim_ascii(), )+
                }
            }

            /// Its place in the list.
            #[must_use]
            pub fn place(self) -> u16 {
                self as u16
            }
        }

        impl From<$name> for u16 {
            fn from(value: $name) -> Self {
                value.place()
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::suggestion::UnknownName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $( $text => Ok(Self::$variant), )+
                    _ => Err($crate::suggestion::UnknownName::new(text, $what, [$( $text ),+])),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::transaction::read::Read for $name {
            fn read<'n>(
                node: &'n $crate::transaction::read::Node<'n>,
                reading: &mut $crate::transaction::read::Reading<'n>,
            ) -> Option<Self> {
                reading.named(node)
            }

            fn schema(
                definitions: &mut $crate::transaction::schema::Definitions,
            ) -> serde_json::Value {
                definitions.closed_list(
                    stringify!($name),
                    concat!($($about),+).trim_ascii(),
                    Self::ALL.iter().map(|it| (it.as_str(), it.meaning())),
                )
            }
        }
    };
}

pub(crate) use closed_list;
