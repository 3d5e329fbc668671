import Foundation

/// One measured piece of work, as the line of JSON that the peers print too.
struct Measurement: Encodable {
    /// Bytes of the values, as they are in memory.
    var bytes: Int
    /// Bytes of the file.
    var fileBytes: Int
    /// The time of each run in seconds.
    var wall: [Double]
    /// The time that all cores together spent on each run in seconds.
    var cpu: [Double]
    /// The sum of all values, by which two tools are seen to work on the same ones.
    var sum: Double
    /// How many rows, where there are any.
    var rows: Int?

    enum CodingKeys: String, CodingKey {
        case bytes
        case fileBytes = "file_bytes"
        case wall, cpu, sum, rows
    }

    /// Runs `body` and adds its times.
    mutating func measure<Result>(_ body: () throws -> Result) rethrows -> Result {
        let clock = ContinuousClock()
        let (start, spent) = (clock.now, Self.processSeconds())
        let result = try body()
        wall.append((clock.now - start) / .seconds(1))
        cpu.append(Self.processSeconds() - spent)
        return result
    }

    func printLine() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        print(String(decoding: try encoder.encode(self), as: UTF8.self))
    }

    /// The time that all cores together spent on this process, in seconds.
    static func processSeconds() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
