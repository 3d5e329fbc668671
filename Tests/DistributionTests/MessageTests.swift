import Distribution
import Testing

struct MessageTests {
    @Test("Values come out of a message bit by bit as they were put in")
    func roundTrip() throws {
        var writer = MessageWriter()
        writer.put(-7)
        writer.put(Double.nan)
        writer.put(true)
        writer.put("Ärmel 💪")
        writer.put([UInt8]())
        writer.put([1, Int.min, Int.max])
        writer.put([0.1, -Double.infinity])
        writer.put([Float.leastNonzeroMagnitude, -0.0])
        writer.put(Optional(3)) { $0.put($1) }
        writer.put(Int?.none) { $0.put($1) }
        var reader = MessageReader(writer.bytes)
        #expect(try reader.integer() == -7)
        #expect(try reader.number().bitPattern == Double.nan.bitPattern)
        #expect(try reader.truth())
        #expect(try reader.text() == "Ärmel 💪")
        #expect(try reader.byteArray() == [])
        #expect(try reader.integers() == [1, Int.min, Int.max])
        #expect(try reader.numbers() == [0.1, -Double.infinity])
        #expect(
            try reader.floats().map(\.bitPattern)
                == [Float.leastNonzeroMagnitude, -0.0].map(\.bitPattern))
        #expect(
            try reader.optional { (message) throws(DistributionError) in
                try message.integer()
            } == 3)
        #expect(
            try reader.optional { (message) throws(DistributionError) in
                try message.integer()
            } == nil)
        #expect(reader.isAtEnd)
    }

    @Test("A message that ends too early is an error, not a crash", arguments: 0..<40)
    func truncated(length: Int) {
        var writer = MessageWriter()
        writer.put([1, 2, 3])
        writer.put("text")
        let whole = writer.bytes
        var reader = MessageReader(Array(whole.prefix(length)))
        do throws(DistributionError) {
            _ = try reader.integers()
            _ = try reader.text()
            #expect(length >= whole.count)
        } catch {
            #expect(length < whole.count && error.kindName == "malformed")
        }
    }

    @Test("A count that no message can hold is an error", arguments: [-1, 3, Int.max])
    func count(count: Int) {
        var writer = MessageWriter()
        writer.put(count)
        writer.put(1)
        var reader = MessageReader(writer.bytes)
        #expect(throws: DistributionError.self) { try reader.integers() }
    }
}
