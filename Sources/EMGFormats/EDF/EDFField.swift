/// A field of an EDF header: text of fixed length, filled up with blanks.
///
/// A header has ``partBytes`` for the file and as many for each signal; those of the signals stand
/// field by field, each for all signals, one after another.
package struct EDFField: Sendable, Hashable {
    /// The first byte.
    package let offset: Int
    /// How many bytes.
    package let width: Int
    /// Its name in messages.
    package let name: String

    private init(_ offset: Int, _ width: Int, _ name: String) {
        self.offset = offset
        self.width = width
        self.name = name
    }

    /// The bytes that it takes.
    package var range: Range<Int> { offset..<offset + width }

    /// The same field under a name that tells more.
    package func named(_ name: String) -> EDFField { EDFField(offset, width, name) }

    /// The bytes of the fixed part, and of each signal's.
    package static let partBytes = 256

    /// See ``EDFFormat/version``.
    package static let version = EDFField(0, 8, "version")
    /// Whose recording it is: in EDF+ code, sex, birth date and name.
    package static let patient = EDFField(8, 80, "patient")
    /// What recording it is: in EDF+ `Startdate`, the date, and three words.
    package static let recording = EDFField(88, 80, "recording")
    /// `dd.mm.yy`.
    package static let startDate = EDFField(168, 8, "start date")
    /// `hh.mm.ss`.
    package static let startTime = EDFField(176, 8, "start time")
    /// The bytes before the first record.
    package static let headerBytes = EDFField(184, 8, "header bytes")
    /// `EDF+C` and its like.
    package static let reserved = EDFField(192, 44, "reserved")
    /// How many records follow.
    package static let recordCount = EDFField(236, 8, "number of records")
    /// Seconds of a record.
    package static let recordDuration = EDFField(244, 8, "record duration")
    /// How many signals there are, with those of annotations.
    package static let signalCount = EDFField(252, 4, "number of signals")
}

extension EDFField {
    /// The fields of one signal among some.
    package struct OfSignal: Sendable, Hashable {
        private let signal: Int
        private let count: Int

        /// - Parameters:
        ///   - signal: Which signal, from 0.
        ///   - count: How many there are.
        package init(_ signal: Int, of count: Int) {
            self.signal = signal
            self.count = count
        }

        /// What it is.
        package var label: EDFField { field(after: 0, 16, "label") }
        /// What it was measured with.
        package var transducer: EDFField { field(after: 16, 80, "transducer") }
        /// The unit of its physical values.
        package var dimension: EDFField { field(after: 96, 8, "dimension") }
        /// The physical value of ``digitalMinimum``.
        package var physicalMinimum: EDFField { field(after: 104, 8, "physical minimum") }
        /// The physical value of ``digitalMaximum``.
        package var physicalMaximum: EDFField { field(after: 112, 8, "physical maximum") }
        /// The lowest number.
        package var digitalMinimum: EDFField { field(after: 120, 8, "digital minimum") }
        /// The highest number.
        package var digitalMaximum: EDFField { field(after: 128, 8, "digital maximum") }
        /// The filters that were applied.
        package var prefilter: EDFField { field(after: 136, 80, "prefilter") }
        /// Its samples in a record.
        package var samples: EDFField { field(after: 216, 8, "samples per record") }
        /// Nothing.
        package var reserved: EDFField { field(after: 224, 32, "reserved") }

        /// The field before which the fields of each signal take so many bytes.
        private func field(after bytes: Int, _ width: Int, _ name: String) -> EDFField {
            EDFField(EDFField.partBytes + bytes * count + width * signal, width, name)
        }
    }
}
