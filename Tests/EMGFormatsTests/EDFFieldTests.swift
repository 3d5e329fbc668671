import EMGFormats
import Testing

@Suite("Fields of an EDF header")
struct EDFFieldTests {
    @Test("the fields of the file fill the first 256 bytes without a gap")
    func fixedPart() {
        let fields: [EDFField] = [
            .version, .patient, .recording, .startDate, .startTime, .headerBytes, .reserved,
            .recordCount, .recordDuration, .signalCount,
        ]
        var next = 0
        for field in fields {
            #expect(field.offset == next, "\(field.name)")
            next = field.range.upperBound
        }
        #expect(next == EDFField.partBytes)
    }

    @Test("the fields of all signals fill 256 bytes a signal without a gap", arguments: [1, 2, 17])
    func signals(count: Int) {
        let fields: [KeyPath<EDFField.OfSignal, EDFField>] = [
            \.label, \.transducer, \.dimension, \.physicalMinimum, \.physicalMaximum,
            \.digitalMinimum, \.digitalMaximum, \.prefilter, \.samples, \.reserved,
        ]
        var next = EDFField.partBytes
        for field in fields {
            for signal in 0..<count {
                let place = EDFField.OfSignal(signal, of: count)[keyPath: field]
                #expect(place.offset == next, "\(place.name) of signal \(signal)")
                next = place.range.upperBound
            }
        }
        #expect(next == EDFField.partBytes * (count + 1))
    }

    @Test("a version field has eight bytes and names its format", arguments: EDFFormat.allCases)
    func version(format: EDFFormat) {
        #expect(format.version.count == EDFField.version.width)
        #expect(format.version.first == (format == .bdf ? 0xFF : 0x30))
        #expect(format.numbers.count == 1 << (8 * format.sampleBytes))
        #expect(format.other.other == format)
    }
}
