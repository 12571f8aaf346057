//! Records: the structs of a transaction, each declared once with its keys, types and meanings.
//!
//! The declaration makes the struct, its reader and its part of the JSON schema, so that the three
//! cannot drift apart.

use crate::transaction::schema::Definitions;

/// A key of a record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// The key.
    pub(crate) key: &'static str,
    /// What it means.
    pub(crate) meaning: &'static str,
    /// Whether it must be given.
    pub(crate) required: bool,
    /// What its value may be.
    pub(crate) schema: fn(&mut Definitions) -> serde_json::Value,
}

/// Declares a record. `Option` fields may be left out; every other field must be given.
/// `checked by` names a function that reports what no such record can say.
macro_rules! record {
    (
        $(#[doc = $about:literal])+
        $(#[derive($($derive:ident),+)])?
        pub struct $name:ident $(checked by $check:path)? {
            $( $(#[doc = $doc:literal])+ $field:ident $(as $key:literal)? : $type:ty, )+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, Eq, PartialEq $($(, $derive)+)?)]
        pub struct $name {
            $( $(#[doc = $doc])+ pub $field: $type, )+
        }

        impl $name {
            const FIELDS: &'static [$crate::transaction::record::Field] = &[
                $( $crate::transaction::record::Field {
                    key: $crate::transaction::record::key!($field $($key)?),
                    meaning: concat!($($doc),+).trim_ascii(),
                    required: <$type as $crate::transaction::read::Read>::REQUIRED,
                    schema: <$type as $crate::transaction::read::Read>::schema,
                }, )+
            ];
        }

        impl $crate::transaction::read::Read for $name {
            fn read<'n>(
                node: &'n $crate::transaction::read::Node<'n>,
                reading: &mut $crate::transaction::read::Reading<'n>,
            ) -> Option<Self> {
                let entries = reading.map(node)?;
                $( let mut $field: Option<Option<$type>> = None; )+
                for entry in entries {
                    let key: &str = &entry.key;
                    reading.enter_key(key);
                    $( if key == $crate::transaction::record::key!($field $($key)?) {
                        if $field.is_some() {
                            reading.repeated_key(&entry.node);
                        } else {
                            $field = Some($crate::transaction::read::Read::read(&entry.node, reading));
                        }
                    } else )+ {
                        reading.unknown_key(key, &entry.node, Self::FIELDS.iter().map(|it| it.key));
                    }
                    reading.leave();
                }
                $( let $field = $field.unwrap_or_else(|| {
                    let meaning = concat!($($doc),+).trim_ascii();
                    reading.absent(node, $crate::transaction::record::key!($field $($key)?), meaning)
                }); )+
                let record = Self { $( $field: $field?, )+ };
                $( $check(&record, node, reading); )?
                Some(record)
            }

            fn schema(definitions: &mut $crate::transaction::schema::Definitions) -> serde_json::Value {
                definitions.record(
                    stringify!($name),
                    concat!($($about),+).trim_ascii(),
                    Self::FIELDS,
                )
            }
        }
    };
}

/// The key of a field: its name, or what `as` says.
macro_rules! key {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $key:literal) => {
        $key
    };
}

pub(crate) use key;
pub(crate) use record;
