// Decodes samples as they come: a bundle of a training run, fed chunk by chunk.

import Foundation
import MyoTask

let bundle = try DecoderBundle(contentsOf: URL(filePath: "run/decoders/meta.myodec"))
var decoder = try Decoder(bundle)
let chunk = [Float](repeating: 0, count: 40 * decoder.channelCount)  // 40 samples as they come
for _ in 0..<10 {
    decoder.feed(chunk.span) { decision, probabilities in
        let name = decision.output.label.map { bundle.classNames[$0] } ?? "nothing"
        print("sample \(decision.sample): \(name), \(probabilities[0])")
    }
}
decoder.interrupt()  // samples were lost: begin anew
