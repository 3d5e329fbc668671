// Uses the products Autodiff and EMGFilters each by itself: prints a derivative and how much of
// mains hum a pipeline leaves.

import Autodiff
import EMGFilters
import Foundation

// The derivative of (w · x)² / 2 by w, which is (w · x) x.
var tape = Tape()
let weight = tape.parameter([1, 2])
let input = tape.input([2, 1])
let product = tape.product(.plain(weight), .plain(input))
let loss = tape.scale(tape.sum(tape.multiply(product, product)), by: 0.5)
var execution = Execution<Double>(Gradient(of: loss, on: tape))
execution.withInput(input) { values in
    values[0] = 3
    values[1] = 4
}
execution.run(parameters: [0.5, 0.25])
var gradient = [0.0, 0.0]
execution.addGradient(to: &gradient, parameters: [0.5, 0.25])
print("gradient \(gradient)")

// A contraction at 100 Hz under mains hum of the same amplitude.
let rate = try SamplingRate(hertz: 1_000)
let times = (0..<2_000).map { Double($0) / rate.hertz }
let signal = times.map { sin(2 * .pi * 100 * $0) + sin(2 * .pi * 50 * $0) }
let pipeline = ConditioningPipeline(stages: [
    PipelineStages.bandPass(low: 20, high: 450), PipelineStages.notch(mains: 50),
])
let chain = try pipeline.resolve(samplingRate: rate)
let filtered = chain.apply(to: signal, channelCount: 1)
let middle = filtered[500..<1_500]
let power = middle.reduce(0) { $0 + $1 * $1 } / Double(middle.count)
print("power left \((100 * power).rounded() / 100)")
