/// How far the packets of a chunk are off an even grid, and sums of that.
struct GridDeviations: Sendable {
    /// In seconds, one a packet.
    let values: [Double]
    /// The sum of all before each packet.
    let sums: [Double]

    init(_ chunk: PacketChunk, period: Double) {
        // From the first packet of the chunk on, so that long recordings lose no digits.
        let (sample, time) = (chunk.samples.first ?? 0, chunk.times.first ?? 0)
        var values: [Double] = []
        values.reserveCapacity(chunk.samples.count)
        var sums = [0.0]
        sums.reserveCapacity(chunk.samples.count + 1)
        var sum = 0.0
        for index in chunk.samples.indices {
            let value = chunk.times[index] - time - period * (chunk.samples[index] - sample)
            values.append(value)
            sum += value
            sums.append(sum)
        }
        self.values = values
        self.sums = sums
    }

    /// The mean of the packets from one on less that of as many before it.
    func difference(at index: Int, length: Int) -> Double {
        length == 1
            ? values[index] - values[index - 1]
            : (sums[index + length] - 2 * sums[index] + sums[index - length]) / Double(length)
    }
}
