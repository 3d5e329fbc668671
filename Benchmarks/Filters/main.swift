import EMGFeatures
import EMGFilters
import EMGSignal
import Foundation

// Measures filters and features from memory to memory; `filters_scipy_mne.py` and
// `features_libemg.py` under `Benchmarks/peers` measure the same work in other tools, and
// `bench.py` puts them side by side. Prints one line of JSON.
//
//     filter-bench offline spectral|recursive double|single MINUTES THREADS ROUNDS
//     filter-bench stream CHUNK CHANNELS CHUNKS
//     filter-bench features MINUTES THREADS ROUNDS

let rate = try SamplingRate(hertz: 2_000)

/// Bursts of noise with hum and an offset.
func signal<Number: BinaryFloatingPoint>(samples: Int, channels: Int) -> [Number] {
    var state: UInt64 = 12_345
    let hum = (0..<40).map { 20 * sin(2 * Double.pi * Double($0) / 40) }
    return unsafe [Number](unsafeUninitializedCapacity: samples * channels) { buffer, count in
        for sample in 0..<samples {
            let burst = sample / 2_000 % 2 == 1 ? 1.0 : 0.25
            for channel in 0..<channels {
                state = (1_664_525 &* state &+ 1_013_904_223) % (1 << 32)
                let noise = Double(state) / 4_294_967_296 - 0.5
                unsafe buffer[sample * channels + channel] = Number(
                    200 * burst * noise + hum[sample % 40] + 30 * Double(channel + 1))
            }
        }
        count = samples * channels
    }
}

/// Wall and CPU seconds, the latter of all threads.
func seconds(_ body: () throws -> Void) rethrows -> (wall: Double, cpu: Double) {
    let before = clock()
    let duration = try ContinuousClock().measure { try body() }
    return (
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18,
        Double(clock() - before) / 1e6
    )
}

/// The process's peak resident memory in megabytes.
func peakMegabytes() -> Double {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return (line.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0) / 1_024
}

func report(_ fields: [String: Any]) throws {
    let data = try JSONSerialization.data(withJSONObject: fields, options: [.sortedKeys])
    print(String(decoding: data, as: UTF8.self))
}

let stages: [any PipelineStage] = [
    .bandPass(low: 20, high: 450), .notch(mains: 50, harmonics: 4), .envelope(cutoff: 6),
]

func offline(_ arguments: [String]) throws {
    let engine = ConditioningPipeline.Engine(rawValue: arguments[0]) ?? .spectral
    let precision = ConditioningPipeline.Precision(rawValue: arguments[1]) ?? .double
    let samples = (Int(arguments[2]) ?? 10) * 60 * 2_000
    let threads = Int(arguments[3]) ?? 1
    let rounds = Int(arguments[4]) ?? 3
    let chain = try ConditioningPipeline(engine: engine, precision: precision, stages: stages)
        .resolve(samplingRate: rate)
    var times: [(wall: Double, cpu: Double)] = []
    var signalMegabytes = 0.0
    if precision == .double {
        var values: [Double] = signal(samples: samples, channels: 16)
        signalMegabytes = Double(values.count) * 8 / 1_048_576
        for _ in 0..<rounds {
            times.append(
                seconds {
                    values = chain.apply(to: consume values, channelCount: 16, threads: threads)
                })
        }
    } else {
        let values: [Float] = signal(samples: samples, channels: 16)
        signalMegabytes = Double(values.count) * 4 / 1_048_576
        var recording = try Recording(
            RecordingDescription(
                identity: RecordingIdentity(patient: "p", session: "s", condition: "c"),
                channels: (0..<16).map { Channel(name: "emg\($0)", unit: "uV") },
                samplingRate: rate,
                source: SourceFile(name: "none", sha256: String(repeating: "0", count: 64))),
            samples: SampleMatrix(values: consume values, channelCount: 16))
        for _ in 0..<rounds {
            // The envelope comes back below zero somewhere, so that it is filtered again.
            recording.samples.values[0] = -1
            times.append(
                try seconds {
                    recording = try chain.apply(to: consume recording, threads: threads)
                })
        }
    }
    try report([
        "seconds": times.map(\.wall), "cpu_seconds": times.map(\.cpu), "signal_mb": signalMegabytes,
        "peak_mb": peakMegabytes(),
        "cpu_ns_per_value": (times.map(\.cpu).min() ?? 0) / Double(samples * 16) * 1e9,
    ])
}

func stream(_ arguments: [String]) throws {
    let chunk = Int(arguments[0]) ?? 10
    let channels = Int(arguments[1]) ?? 16
    let count = Int(arguments[2]) ?? 20_000
    let chain = try ConditioningPipeline(phase: .causal, stages: stages)
        .resolve(samplingRate: rate)
    var filter = try chain.makeStream(channelCount: channels)
    let input: [Double] = signal(samples: chunk, channels: channels)
    var samples = input
    var times = [Double](repeating: 0, count: count)
    filter.process(&samples)
    let clock = ContinuousClock()
    for index in 0..<count {
        for position in samples.indices { samples[position] = input[position] }
        let begin = clock.now
        filter.process(&samples)
        let duration = clock.now - begin
        times[index] = Double(duration.components.attoseconds) * 1e-12
    }
    times.sort()
    try report([
        "median_us": times[count / 2], "p99_us": times[count * 99 / 100],
        "p999_us": times[count * 999 / 1_000], "peak_mb": peakMegabytes(),
    ])
}

/// The eleven features that LibEMG's users take most often, 200 ms windows moved by 50 ms.
func features(_ arguments: [String]) throws {
    let samples = (Int(arguments[0]) ?? 10) * 60 * 2_000
    let values: [Float] = signal(samples: samples, channels: 8)
    let sliding = try SlidingFeatures(
        [
            .mav, .zeroCrossings(), .slopeSignChanges(inclusive: true), .waveformLength, .rms,
            .iav, .variance, .logDetector, .meanFrequency, .medianFrequency, .autoregressive(),
        ], window: 400, stride: 100, samplingRate: rate)
    var times: [(wall: Double, cpu: Double)] = []
    var count = 0
    for _ in 0..<(Int(arguments[2]) ?? 3) {
        times.append(
            seconds {
                count =
                    sliding.compute(
                        values, channelCount: 8, threads: Int(arguments[1]) ?? 1
                    ).count
            })
    }
    try report([
        "seconds": times.map(\.wall), "cpu_seconds": times.map(\.cpu), "numbers": count,
        "peak_mb": peakMegabytes(),
    ])
}

let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "offline" where arguments.count == 6: try offline(Array(arguments.dropFirst()))
case "stream" where arguments.count == 4: try stream(Array(arguments.dropFirst()))
case "features" where arguments.count == 4: try features(Array(arguments.dropFirst()))
default:
    print("usage: filter-bench offline|stream|features ...")
    exit(2)
}
