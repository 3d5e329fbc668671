private import CSections

/// A cascade ready to run: the coefficients as the kernel wants them.
///
/// The kernel itself is the module `CSections`: transposed direct form II, ``laneCount`` channels
/// side by side, several sections at once.
struct SectionKernel: Sendable, Hashable {
    /// The most channels that run side by side.
    static let laneCount = 8

    /// How many sections.
    let sectionCount: Int
    /// `[sections × (b₀, b₁, b₂, a₁, a₂)]`.
    private let coefficients: [Double]

    init(_ sections: SecondOrderSections) {
        sectionCount = sections.sections.count
        coefficients = sections.sections.flatMap { [$0.b0, $0.b1, $0.b2, $0.a1, $0.a2] }
    }

    /// The numbers of delay values of one group of lanes.
    var delayCount: Int { 2 * sectionCount * Self.laneCount }

    /// Runs samples of neighboring channels through the cascade, in place.
    ///
    /// - Parameters:
    ///   - values: Where the samples are.
    ///   - start: The position of the first channel's first sample.
    ///   - stride: From one sample to the next; negative to run backward.
    ///   - width: How many channels, at most ``laneCount``.
    ///   - count: How many samples.
    ///   - delays: Two vectors of ``laneCount`` numbers a section.
    ///   - position: Where in `delays` those of this group begin.
    ///   - takesMagnitude: Whether results are rectified.
    func run(
        _ values: inout MutableSpan<Double>, from start: Int, stride: Int, width: Int, count: Int,
        delays: inout MutableSpan<Double>, at position: Int, takesMagnitude: Bool = false
    ) {
        guard count > 0 else { return }
        let last = start + (count - 1) * stride
        precondition(
            (1...Self.laneCount).contains(width) && min(start, last) >= 0
                && max(start, last) + width <= values.count,
            "samples \(start)...\(last) of \(values.count)")
        precondition(
            position >= 0 && position + delayCount <= delays.count,
            "delays from \(position) of \(delays.count)")
        unsafe values.withUnsafeMutableBufferPointer { values in
            guard let base = values.baseAddress else { return }
            unsafe run(
                base + start, stride: stride, width: width, count: count, delays: &delays,
                at: position, takesMagnitude: takesMagnitude)
        }
    }

    /// The same on memory that the caller has checked.
    @unsafe func run(
        _ rows: UnsafeMutablePointer<Double>, stride: Int, width: Int, count: Int,
        delays: inout MutableSpan<Double>, at position: Int = 0, takesMagnitude: Bool = false
    ) {
        precondition(position >= 0 && position + delayCount <= delays.count)
        let ending = takesMagnitude ? SECTION_ENDING_MAGNITUDE : SECTION_ENDING_NONE
        unsafe coefficients.withUnsafeBufferPointer { coefficients in
            unsafe delays.withUnsafeMutableBufferPointer { delays in
                // A cascade of no section has nothing to point at, and nothing to read there.
                guard let coefficients = coefficients.baseAddress, let delays = delays.baseAddress
                else {
                    unsafe sections_run(rows, stride, width, count, rows, 0, rows, ending)
                    return
                }
                unsafe sections_run(
                    rows, stride, width, count, coefficients, sectionCount, delays + position,
                    ending)
            }
        }
    }

    /// Puts one lane where it would be had its channel always had one value.
    func settle(
        at value: Double, lane: Int, delays: inout MutableSpan<Double>, at position: Int = 0
    ) {
        var input = value
        for index in 0..<sectionCount {
            let (b0, b1, b2) = (
                coefficients[5 * index], coefficients[5 * index + 1], coefficients[5 * index + 2]
            )
            let (a1, a2) = (coefficients[5 * index + 3], coefficients[5 * index + 4])
            let output = input * ((b0 + b1 + b2) / (1 + a1 + a2))
            let second = b2 * input - a2 * output
            let place = position + 2 * index * Self.laneCount + lane
            delays[place] = b1 * input - a1 * output + second
            delays[place + Self.laneCount] = second
            input = output
        }
    }
}
